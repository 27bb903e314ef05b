package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that report every other second, through the whole pipeline. */
class SlowDevicesIT {
    private static final String OVERLOAD = """
            faults:
              - fault: breaker-overload
                target: h01/r003
                feed: A
                to: 0.92
                at: 4s
                for: 16s
            """;

    @TempDir
    Path folder;

    @Test
    void an_overload_is_pending_once_fires_once_and_resolves_once() throws Exception {
        Path site = folder.resolve("site.yaml");
        try (var file = SlowDevicesIT.class.getResourceAsStream("small-site.yaml")) {
            Files.write(site, Objects.requireNonNull(file).readAllBytes());
        }
        Path scenario = Files.writeString(folder.resolve("scenario.yaml"), OVERLOAD);

        JsonNode summary = Cli.json(
                Map.of(),
                "demo",
                "--site",
                site.toString(),
                "--scenario",
                scenario.toString(),
                "--rate",
                "0.5",
                "--seed",
                "1",
                "--for",
                "32s",
                "--port",
                "0",
                "--json");

        List<String> told = new ArrayList<>();
        summary.get("alerts")
                .forEach(alert -> told.add("%s %s %s %s"
                        .formatted(
                                alert.get("rule").asText(),
                                alert.get("pending").asLong(),
                                alert.get("firing").asLong(),
                                alert.get("resolved").asLong())));
        assertThat(told).contains("RackFeedOverload 1 1 1").noneMatch(alert -> alert.startsWith("HallSilent"));
    }
}
