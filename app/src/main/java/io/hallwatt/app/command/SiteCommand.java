package io.hallwatt.app.command;

import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.app.topics.SiteTopic;
import io.hallwatt.contract.config.Count;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import io.hallwatt.contract.wire.SiteVersion;
import io.hallwatt.ingest.simulate.SimulatedSite;
import io.hallwatt.ingest.simulate.SimulationConfig;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hallwatt site check|apply}. */
@Command(
        name = "site",
        description = "Check and publish a site file.",
        synopsisSubcommandLabel = "(check | apply)",
        mixinStandardHelpOptions = true,
        subcommands = {SiteCommand.Check.class, SiteCommand.Apply.class},
        footerHeading = "%nExamples:%n",
        footer = {"  hallwatt site check site.yaml", "  hallwatt site apply site.yaml --bootstrap-servers kafka:9092"})
public final class SiteCommand {
    /** {@code site check}. */
    @Command(
            name = "check",
            description = {
                "Read a site file and show every fault with its line and column.",
                "Exits with 1 if there is one, with 2 if the file cannot be read."
            },
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "The site file.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            String text = text(
                    file); // a file that cannot be read is bad input, as everywhere; only what it says does not hold
            Terminal terminal = Hallwatt.of(spec).terminal();
            try {
                Site site = SiteYaml.read(file.toString(), text);
                terminal.out().println("%s: good: %s".formatted(file, inShort(site)));
                return 0;
            } catch (InvalidInput e) {
                e.faults().forEach(terminal::say);
                return Hallwatt.DOES_NOT_HOLD;
            }
        }
    }

    /** {@code site apply}. */
    @Command(
            name = "apply",
            description = "Publish a site to the topic \"site\", from which every stage learns it.",
            mixinStandardHelpOptions = true)
    static final class Apply implements Callable<Integer> {
        @Mixin
        private KafkaOptions kafka = new KafkaOptions();

        @Parameters(
                paramLabel = "FILE",
                arity = "0..1",
                description = "The site file; without one, the reference site tetouan.")
        private @Nullable Path file;

        @Option(
                names = "--rate",
                paramLabel = "HZ",
                description =
                        "Publish it as it is when simulated at that rate, in place of the file's report intervals.")
        private @Nullable Double rate;

        @Override
        public Integer call() {
            Site site = simulated(file == null ? SiteYaml.reference() : read(file));
            KafkaAdmin.of(kafka.settings()).close(); // says clearly where there is no Kafka, and at once
            SiteTopic.publish(site, kafka.settings());
            kafka.hallwatt().terminal().out().println("published: " + inShort(site));
            return 0;
        }

        private Site simulated(Site site) {
            return rate == null ? site : SimulatedSite.of(site, SimulationConfig.DEFAULTS.withRateHz(rate));
        }
    }

    /** @throws io.hallwatt.contract.config.InvalidInput with every fault */
    static Site read(Path file) {
        return SiteYaml.read(file.toString(), text(file));
    }

    private static String text(Path file) {
        return ConfigFile.text(file, "site", "the name");
    }

    private static String inShort(Site site) {
        int units = site.halls().stream()
                .mapToInt(hall -> hall.coolingUnits().size())
                .sum();
        return "site %s, %s, %s, %s, %s; model %s"
                .formatted(
                        site.id().text(),
                        Count.of(site.halls().size(), "hall"),
                        Count.of(site.rackCount(), "rack"),
                        Count.of(units, "cooling unit"),
                        Count.of(site.sources().size(), "supply source"),
                        SiteVersion.of(site));
    }
}
