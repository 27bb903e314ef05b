package io.hallwatt.app.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** deploy/alertmanager/alertmanager.yml, by Alertmanager's own tool. */
class AlertmanagerFileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FILE =
            Checkout.file("deploy/alertmanager/alertmanager.yml").toString();

    @BeforeEach
    void needsTheTool() {
        assumeTrue(
                Command.run(PATIENCE, "amtool", "--version").succeeded(),
                "amtool is not installed (prometheus-alertmanager has it)");
    }

    @Test
    void alertmanager_takes_it() {
        Command check = Command.run(PATIENCE, "amtool", "check-config", FILE);

        assertThat(check.exit()).as(check.output()).isZero();
    }

    @Test
    void the_watchdog_the_critical_and_the_rest_go_their_ways() {
        assertThat(receiver("alertname=HallwattWatchdog", "severity=info")).isEqualTo("dead-mans-switch");
        assertThat(receiver("alertname=RackFeedOverRating", "severity=critical"))
                .isEqualTo("on-call");
        assertThat(receiver("alertname=RackFeedOverload", "severity=warning")).isEqualTo("team");
        assertThat(receiver("alertname=Other", "severity=info")).isEqualTo("nobody");
    }

    private static String receiver(String... labels) {
        String[] command = new String[labels.length + 5];
        System.arraycopy(
                new String[] {"amtool", "config", "routes", "test", "--config.file=" + FILE}, 0, command, 0, 5);
        System.arraycopy(labels, 0, command, 5, labels.length);
        return Command.run(PATIENCE, command)
                .output()
                .lines()
                .filter(line -> !line.startsWith("Warning")) // of its own settings, on standard error
                .collect(Collectors.joining());
    }
}
