package io.hallwatt.alerting.prometheus;

import io.hallwatt.alerting.reload.LiveRules;
import io.hallwatt.contract.config.Durations;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code GET /rules}: the rule files that run, whole, as they were read, which need not be what stands on the disk now. {@code hallwatt rules explain} asks for
 * them.
 */
final class RulesPage {
    static final String PATH = "/rules";

    private RulesPage() {}

    static Answer of(LiveRules.Running running) {
        return Answer.json(
                200,
                "{\"since\":%s,\"files\":[%s],\"maintenance\":[%s],\"flapping\":{\"firings\":%d,\"within\":%s}}"
                        .formatted(
                                Answer.quoted(running.since().toString()),
                                files(running.texts().rules()),
                                files(running.texts().maintenance()),
                                running.damping().firings(),
                                Answer.quoted(Durations.format(running.damping().within()))));
    }

    private static String files(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(file ->
                        "{\"name\":%s,\"lines\":[%s]}".formatted(Answer.quoted(file.getKey()), lines(file.getValue())))
                .collect(Collectors.joining(","));
    }

    /** Line by line: strict readers of JSON take no text as long as a rule file may be. */
    private static String lines(String text) {
        return Arrays.stream(text.split("\n", -1)).map(Answer::quoted).collect(Collectors.joining(","));
    }
}
