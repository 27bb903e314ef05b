package io.hallwatt.app.command;

import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.app.terminal.Terminal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a process serves its metrics and health. */
final class ServeOptions {
    @Option(
            names = {"--admin-port", "--port"},
            paramLabel = "N",
            converter = PortText.class,
            description = "Where /metrics and /health are served; 0: any that is free.")
    private @Nullable Integer port;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to serve on; 0.0.0.0: all (default: 127.0.0.1).")
    private String host = "";

    @Option(
            names = "--enable-reload",
            description =
                    "Answer POST /-/reload, which reads the alert rules anew, to other machines too; to this one it always is.")
    private boolean enableReload;

    /** The port asked for or the usual one; fails where that is taken. */
    Metrics open(Terminal terminal) {
        return told(Metrics.open(host, port == null ? Metrics.USUAL_PORT : port), terminal);
    }

    /** The port asked for; without one the usual one, or any where that is taken. */
    Metrics openSomewhere(Terminal terminal) {
        Metrics metrics = told(Metrics.open(host, Optional.ofNullable(port)), terminal);
        if (port == null && metrics.uri().getPort() != Metrics.USUAL_PORT) {
            terminal.say("         (port %d, the usual one, is in use by another program; --port chooses one)"
                    .formatted(Metrics.USUAL_PORT));
        }
        return metrics;
    }

    private Metrics told(Metrics metrics, Terminal terminal) {
        if (enableReload) {
            metrics.allowReload();
        }
        terminal.say("metrics  " + metrics.uri());
        return metrics;
    }
}
