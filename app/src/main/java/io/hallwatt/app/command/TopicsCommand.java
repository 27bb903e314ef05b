package io.hallwatt.app.command;

import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.app.topics.TopicLayout;
import io.hallwatt.app.topics.TopicStep;
import io.hallwatt.app.topics.TopicStep.Change;
import io.hallwatt.app.topics.TopicStep.Conflict;
import io.hallwatt.app.topics.TopicStep.Create;
import io.hallwatt.app.topics.TopicStep.Keep;
import io.hallwatt.app.topics.Topics;
import io.hallwatt.contract.config.Count;
import io.hallwatt.contract.config.KafkaSettings;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hallwatt topics plan|apply}. */
@Command(
        name = "topics",
        description = "Lay out the Kafka topics.",
        synopsisSubcommandLabel = "(plan | apply)",
        mixinStandardHelpOptions = true,
        subcommands = {TopicsCommand.Plan.class, TopicsCommand.Apply.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt topics plan --bootstrap-servers kafka:9092",
            "  hallwatt topics apply --hall-partitions 12 --replication 3"
        })
public final class TopicsCommand {
    /** {@code topics plan}. */
    @Command(
            name = "plan",
            description = "Show what apply would do. Exits with 1 if that is anything.",
            mixinStandardHelpOptions = true)
    static final class Plan implements Callable<Integer> {
        @Mixin
        private KafkaOptions kafka = new KafkaOptions();

        @Mixin
        private LayoutOptions layout = new LayoutOptions();

        @Override
        public Integer call() {
            List<TopicStep> plan = withTopics(kafka.settings(), topics -> topics.plan(layout.layout()));
            show(plan, kafka.hallwatt().terminal());
            return plan.stream().allMatch(Keep.class::isInstance) ? 0 : Hallwatt.DOES_NOT_HOLD;
        }
    }

    /** {@code topics apply}. */
    @Command(
            name = "apply",
            description = "Create missing topics and set what differs; never touches records.",
            mixinStandardHelpOptions = true)
    static final class Apply implements Callable<Integer> {
        @Mixin
        private KafkaOptions kafka = new KafkaOptions();

        @Mixin
        private LayoutOptions layout = new LayoutOptions();

        @Override
        public Integer call() {
            List<TopicStep> plan = withTopics(kafka.settings(), topics -> {
                List<TopicStep> steps = topics.plan(layout.layout());
                topics.apply(steps);
                return steps;
            });
            show(plan, kafka.hallwatt().terminal());
            return 0;
        }
    }

    /** How topics lie. */
    static final class LayoutOptions {
        @Option(
                names = "--hall-partitions",
                paramLabel = "N",
                defaultValue = "4",
                description = "Partitions of topics keyed by hall (default: 4).")
        private int hallPartitions;

        @Option(
                names = "--site-partitions",
                paramLabel = "N",
                defaultValue = "1",
                description = "Partitions of topics keyed by site (default: 1).")
        private int sitePartitions;

        @Option(
                names = "--replication",
                paramLabel = "N",
                defaultValue = "1",
                description = "Copies of each partition (default: 1).")
        private short replication;

        @Option(names = "--keep-forever", description = "Delete nothing by age: for replaying or simulating the past.")
        private boolean keepForever;

        TopicLayout layout() {
            return new TopicLayout(hallPartitions, sitePartitions, replication, keepForever);
        }
    }

    private interface Work<T> {
        T with(Topics topics);
    }

    private static <T> T withTopics(KafkaSettings kafka, Work<T> work) {
        try (Admin admin = KafkaAdmin.of(kafka)) {
            return work.with(new Topics(admin, kafka));
        }
    }

    private static void show(List<TopicStep> plan, Terminal terminal) {
        for (TopicStep step : plan) {
            terminal.out()
                    .println(
                            switch (step) {
                                case Create create ->
                                    terminal.green("create ")
                                            + "%s, %s, %s"
                                                    .formatted(
                                                            create.topic(),
                                                            Count.of(create.partitions(), "partition"),
                                                            new TreeMap<>(create.settings()));
                                case Keep keep ->
                                    terminal.faint("keep   ")
                                            + "%s, %s"
                                                    .formatted(keep.topic(), Count.of(keep.partitions(), "partition"));
                                case Change change ->
                                    terminal.yellow("change ")
                                            + "%s, %s to %s"
                                                    .formatted(
                                                            change.topic(),
                                                            new TreeMap<>(change.from()),
                                                            new TreeMap<>(change.to()));
                                case Conflict conflict -> terminal.red("refuse ") + conflict.sentence();
                            });
        }
    }
}
