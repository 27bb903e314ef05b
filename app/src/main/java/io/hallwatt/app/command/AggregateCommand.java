package io.hallwatt.app.command;

import io.hallwatt.aggregate.Aggregate;
import io.hallwatt.aggregate.AggregateConfig;
import io.hallwatt.app.pipeline.Metrics;
import io.hallwatt.contract.config.KafkaSettings;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hallwatt aggregate}: the stage by itself. */
@Command(
        name = "aggregate",
        description = "Run the aggregate stage: readings to metrics and hourly energy.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt aggregate --bootstrap-servers kafka:9092",
            "  hallwatt aggregate --set aggregate.grace=5s --admin-port 9465"
        })
public final class AggregateCommand implements Callable<Integer> {
    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private StageOptions stages = new StageOptions();

    @Mixin
    private ServeOptions serve = new ServeOptions();

    @Override
    public Integer call() throws InterruptedException {
        KafkaSettings settings = kafka.settings();
        AggregateConfig config = stages.aggregate(AggregateConfig.DEFAULTS);
        try (Interruption interruption = Interruption.listen();
                Metrics metrics = serve.open(kafka.hallwatt().terminal())) {
            KafkaSettings fitting =
                    GroupSession.fitting(settings, kafka.hallwatt().terminal());
            try (Aggregate aggregate = new Aggregate(config, fitting, metrics.registry(), InstantSource.system())) {
                aggregate.start();
                metrics.serve(Map.of("aggregate", aggregate::ready));
                interruption.await(aggregate::failed);
            }
        }
        return 0;
    }
}
