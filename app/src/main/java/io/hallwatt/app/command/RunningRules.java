package io.hallwatt.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.state.FlapDamping;
import io.hallwatt.app.Unavailable;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules that a stage runs now, as its page of metrics tells them.
 *
 * @param page  that was asked
 * @param since when the stage took them up
 * @param files their names
 */
record RunningRules(URI page, String since, List<String> files, RuleSet rules) {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    RunningRules {
        files = List.copyOf(files);
    }

    /**
     * Asks for them.
     *
     * @param metrics the page's address, as the stage says it when it starts, {@code http://127.0.0.1:9464/metrics}, or as a proxy before it has it, {@code
     *     https://host/hallwatt/metrics}: the rules are beside it
     * @throws Unavailable  if nothing answers there
     * @throws InvalidInput if what answers is no stage that runs rules
     */
    static RunningRules ask(URI metrics) {
        URI page = beside(metrics);
        JsonNode answer = SummaryJson.read(page.toString(), body(page));
        RuleSource.Texts texts = new RuleSource.Texts(files(answer.path("files")), files(answer.path("maintenance")));
        if (texts.rules().isEmpty()) {
            throw new InvalidInput(noRules(page, "no rule files in its answer"));
        }
        JsonNode flapping = answer.path("flapping");
        FlapDamping damping = new FlapDamping(
                flapping.path("firings").asInt(),
                Durations.parse(flapping.path("within").asText()).orElse(Duration.ZERO));
        return new RunningRules(
                page,
                answer.path("since").asText(),
                List.copyOf(texts.rules().keySet()),
                RuleSource.read(texts).damped(damping));
    }

    private static URI beside(URI metrics) {
        return metrics.resolve(metrics.getRawPath().replaceFirst("(/metrics)?/*$", "") + "/rules");
    }

    private static Map<String, String> files(JsonNode list) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (JsonNode file : list) {
            List<String> lines = new ArrayList<>();
            file.path("lines").forEach(line -> lines.add(line.asText()));
            texts.put(file.path("name").asText(), String.join("\n", lines));
        }
        return texts;
    }

    private static String body(URI page) {
        try {
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            int status = connection.getResponseCode();
            if (status != 200) {
                throw new InvalidInput(noRules(page, "status " + status));
            }
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new Unavailable(
                    "%s: no answer (%s). Give --metrics-url the address that the alerting stage says when it starts."
                            .formatted(page, e.getMessage()));
        }
    }

    private static String noRules(URI page, String what) {
        return "%s tells no rules (%s). Give --metrics-url the address of the process that runs alerting, and see that alerting.rules-page is not false there."
                .formatted(page, what);
    }
}
