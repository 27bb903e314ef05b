package io.hallwatt.app.command;

import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.Unavailable;
import io.hallwatt.app.doctor.Finding;
import io.hallwatt.app.doctor.KafkaCheck;
import io.hallwatt.app.doctor.Machine;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.config.KafkaSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hallwatt doctor}. */
@Command(
        name = "doctor",
        description = "Look at Java, memory, disk, ports and Kafka; say how to mend what is amiss.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  hallwatt doctor", "  hallwatt doctor --bootstrap-servers kafka:9092 --json"})
public final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where data would lie (default: here).")
    private Path directory = Path.of("");

    @Option(
            names = {"--admin-port", "--port"},
            paramLabel = "N",
            defaultValue = "9464",
            converter = PortText.class,
            description = "Where metrics would be served (default: 9464).")
    private int port;

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>(Machine.look(directory, port));
        KafkaSettings settings = kafka.settings();
        try (Admin admin = KafkaAdmin.of(settings, "")) {
            findings.addAll(KafkaCheck.look(admin, settings));
        } catch (Unavailable e) {
            findings.add(KafkaCheck.away(String.valueOf(e.getMessage())));
        }
        boolean well = findings.stream().noneMatch(finding -> finding.standing() == Finding.Standing.FAIL);
        Terminal terminal = kafka.hallwatt().terminal();
        if (json) {
            terminal.out().println(SummaryJson.write(new Report(well, findings)));
        } else {
            findings.forEach(finding -> show(finding, terminal));
        }
        return well ? 0 : Hallwatt.DOES_NOT_HOLD;
    }

    /** The JSON document. */
    record Report(boolean ok, List<Finding> findings) {}

    private static void show(Finding finding, Terminal terminal) {
        String standing = switch (finding.standing()) {
            case OK -> terminal.green("ok  ");
            case WARN -> terminal.yellow("warn");
            case FAIL -> terminal.red("fail");
        };
        terminal.out().printf("%s  %-7s %s%n", standing, finding.check(), finding.detail());
        if (!finding.remedy().isEmpty()) {
            terminal.out().printf("      %-7s %s%n", "", finding.remedy());
        }
    }
}
