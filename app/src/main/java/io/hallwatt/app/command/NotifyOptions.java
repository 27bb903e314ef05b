package io.hallwatt.app.command;

import io.hallwatt.alerting.AlertingConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom the alerting stage tells; what is given here goes before its section of the configuration file. */
final class NotifyOptions {
    @Option(
            names = "--alertmanager",
            paramLabel = "URL",
            split = ",",
            description = "Send alerts to this Alertmanager; may be repeated.")
    private List<URI> alertmanagers = new ArrayList<>();

    @Option(
            names = "--external-url",
            paramLabel = "URL",
            description = "Where people reach the console, once there is one; alerts link to it.")
    private @Nullable URI externalUrl;

    @Option(
            names = "--runbooks-url",
            paramLabel = "URL",
            description = "Where people read docs/runbooks: what stands before that; alerts link to it.")
    private @Nullable URI runbooksUrl;

    AlertingConfig of(AlertingConfig config) {
        return config.telling(alertmanagers, externalUrl, runbooksUrl);
    }
}
