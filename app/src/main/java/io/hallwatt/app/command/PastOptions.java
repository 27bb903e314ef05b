package io.hallwatt.app.command;

import io.hallwatt.app.Unavailable;
import io.hallwatt.app.broker.EmbeddedBroker;
import io.hallwatt.app.past.FilesPast;
import io.hallwatt.app.past.KafkaPast;
import io.hallwatt.app.past.Past;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.KafkaSettings;
import io.hallwatt.contract.wire.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the past lies, for commands that look back, and how what was found is told. */
final class PastOptions extends KafkaOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Read what a demo or replay keeps there, while it runs or after.")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description = "Read the files that replay --out wrote there, in place of Kafka.")
    private @Nullable Path input;

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    private boolean over;

    /** Whether a document is wanted, in place of lines for people. */
    boolean json() {
        return json;
    }

    /** Whether what was opened is of a run that is over: nothing comes any more. */
    boolean over() {
        return over;
    }

    Terminal terminal() {
        return hallwatt().terminal();
    }

    /** Writes the one document. */
    void print(Map<String, Object> document) {
        terminal().out().println(SummaryJson.write(document));
    }

    /** From Kafka if nothing else is named. */
    Past open() {
        return open(KafkaPast::new);
    }

    /** The same, windows only as far as the alerting stage has evaluated them. */
    Past openAsEvaluated() {
        return open(settings -> KafkaPast.readBy("alerting", settings));
    }

    private Past open(Function<KafkaSettings, Past> at) {
        if (input != null && dataDirectory != null) {
            throw new InvalidInput("--input and --data-dir both say where the past lies: give one of them.");
        }
        if (input != null) {
            over = true;
            return new FilesPast(input);
        }
        if (dataDirectory != null) {
            return kept(dataDirectory, at);
        }
        KafkaSettings settings = settings();
        try {
            KafkaAdmin.of(settings).close(); // says clearly where there is no Kafka, and at once
        } catch (Unavailable e) {
            throw new Unavailable(
                    e.getMessage()
                            + " The broker of a demo has a port of its own: the line \"kafka\" at its start says it. Of one that was given a --data-dir, the same --data-dir here reads it, while it runs and after.",
                    e);
        }
        return at.apply(settings);
    }

    private Past kept(Path directory, Function<KafkaSettings, Past> at) {
        if (!Files.isDirectory(directory.resolve("kafka"))) {
            throw new InvalidInput(
                    "%s: no run has kept anything there. Name the --data-dir that a demo or replay was given."
                            .formatted(directory));
        }
        EmbeddedBroker broker;
        try {
            broker = EmbeddedBroker.start(directory);
        } catch (Unavailable e) {
            return at.apply(running(directory, e));
        }
        over = true;
        Past past = at.apply(KafkaSettings.at(broker.bootstrapServers()));
        return new Past() {
            @Override
            public List<Iterator<byte[]>> sequences(Topic topic, Instant from) {
                return past.sequences(topic, from);
            }

            @Override
            public Optional<Instant> newest() {
                return past.newest();
            }

            @Override
            public void close() {
                past.close();
                broker.close();
            }
        };
    }

    /** The broker of a run that goes on there. */
    private static KafkaSettings running(Path directory, Unavailable because) {
        KafkaSettings settings =
                KafkaSettings.at(EmbeddedBroker.addressIn(directory).orElseThrow(() -> because));
        try {
            KafkaAdmin.of(settings).close();
            return settings;
        } catch (Unavailable away) {
            because.addSuppressed(away);
            throw because;
        }
    }
}
