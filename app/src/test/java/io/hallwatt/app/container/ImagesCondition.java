package io.hallwatt.app.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link NeedsImages} asks of the machine. */
final class ImagesCondition implements ExecutionCondition {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), NeedsImages.class)
                .flatMap(ImagesCondition::missing)
                .map(ConditionEvaluationResult::disabled)
                .orElse(ConditionEvaluationResult.enabled("all that it needs is here"));
    }

    private static Optional<String> missing(NeedsImages needs) {
        if (!Command.run(PATIENCE, "docker", "version").succeeded()) {
            return Optional.of("Docker does not answer; deploy/docker/dockerd starts it where that is possible");
        }
        List<String> images = new ArrayList<>();
        for (String name : needs.value()) {
            String image = image(name);
            if (!Command.run(PATIENCE, "docker", "image", "inspect", image).succeeded()) {
                images.add(image);
            }
        }
        if (!images.isEmpty()) {
            return Optional.of("not on this machine: %s; pull them, or build them with deploy/docker/stand-ins"
                    .formatted(String.join(", ", images)));
        }
        if (needs.compose()) {
            return Composition.command().isEmpty()
                    ? Optional.of("neither docker-compose nor docker compose is installed")
                    : Optional.empty();
        }
        // There Testcontainers guesses a gateway's address, or pulls an image to ask for it.
        return Files.exists(Path.of("/.dockerenv")) && System.getenv("TESTCONTAINERS_HOST_OVERRIDE") == null
                ? Optional.of(
                        "this is a container itself; say where Docker's ports are: TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1")
                : Optional.empty();
    }

    private static String image(String name) {
        try {
            return ComposeFile.read().image(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
