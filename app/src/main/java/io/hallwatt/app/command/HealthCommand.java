package io.hallwatt.app.command;

import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.HealthProbe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hallwatt health}: for container health checks. */
@Command(
        name = "health",
        description = "Ask a stage on this machine whether it is well. Exits with 0 or 1.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  hallwatt health --port 9464", "  hallwatt health --live"})
public final class HealthCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"--admin-port", "--port"},
            paramLabel = "N",
            defaultValue = "9464",
            converter = PortText.class,
            description = "Where the stage answers (default: 9464).")
    private int port;

    @Option(names = "--live", description = "Ask whether it runs, not whether it is ready to work.")
    private boolean live;

    @Override
    public Integer call() {
        String url = "http://127.0.0.1:%d/health/%s".formatted(port, live ? "live" : "ready");
        return HealthProbe.ready(url, Hallwatt.of(spec).terminal().out()) ? 0 : Hallwatt.DOES_NOT_HOLD;
    }
}
