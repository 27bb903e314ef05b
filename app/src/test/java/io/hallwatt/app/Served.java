package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a command listens that was told port 0: no port is free that was free a moment ago. */
final class Served {
    private static final Pattern SAID = Pattern.compile("^metrics +(http://\\S+)/metrics$", Pattern.MULTILINE);

    private Served() {}

    /**
     * Waits until it is said.
     *
     * @param said all that the command has said so far on standard error
     * @return {@code http://127.0.0.1:PORT}
     */
    static URI by(Callable<String> said) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> address(said.call()), Optional::isPresent)
                .orElseThrow();
    }

    /** Of a process that says it into a file. */
    static URI by(Process process, Path file) {
        return by(() -> {
            String said = Files.readString(file);
            assertThat(process.isAlive()).as(said).isTrue();
            return said;
        });
    }

    private static Optional<URI> address(String said) {
        Matcher matcher = SAID.matcher(said);
        return matcher.find() ? Optional.of(URI.create(matcher.group(1))) : Optional.empty();
    }
}
