package io.hallwatt.app.command;

import io.hallwatt.alerting.Alerting;
import io.hallwatt.alerting.AlertingConfig;
import io.hallwatt.alerting.reload.RuleSource;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.contract.config.KafkaSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hallwatt alerting}: the stage by itself. */
@Command(
        name = "alerting",
        description = "Run the alerting stage: rules over metrics, alerts, Prometheus page.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt alerting --bootstrap-servers kafka:9092 --host 0.0.0.0",
            "  hallwatt alerting --rules rules.yaml --alertmanager http://am-1:9093 \\",
            "      --alertmanager http://am-2:9093 --external-url https://hallwatt.example"
        })
public final class AlertingCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private StageOptions stages = new StageOptions();

    @Mixin
    private NotifyOptions notify = new NotifyOptions();

    @Mixin
    private ServeOptions serve = new ServeOptions();

    @Override
    public Integer call() throws InterruptedException {
        KafkaSettings settings = kafka.settings();
        AlertingConfig config = notify.of(stages.alerting(AlertingConfig.DEFAULTS));
        RuleSource rules = stages.rules();
        try (Interruption interruption = Interruption.listen();
                Metrics metrics = serve.open(kafka.hallwatt().terminal())) {
            KafkaSettings fitting =
                    GroupSession.fitting(settings, kafka.hallwatt().terminal());
            try (Alerting alerting = new Alerting(config, rules, fitting, metrics.registry(), InstantSource.system())) {
                alerting.start();
                metrics.serve(Map.of("alerting", alerting::ready));
                metrics.reloadBy(alerting::reload);
                if (config.rulesPage()) {
                    metrics.rulesFrom(alerting::running);
                }
                Hangup.listen(alerting::reload);
                interruption.await(alerting::failed);
            }
        }
        return 0;
    }
}
