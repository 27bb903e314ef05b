package io.hallwatt.app.command;

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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the past lies, for commands that look back, and how what was found is told. */
final class PastOptions extends KafkaOptions {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Read what a demo or replay has kept there, in place of a running Kafka.")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description = "Read the files that replay --out wrote there, in place of Kafka.")
    private @Nullable Path input;

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    /** Whether a document is wanted, in place of lines for people. */
    boolean json() {
        return json;
    }

    /** Whether it is of a run that is over, by what is read. */
    boolean over() {
        return dataDirectory != null || input != null;
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
        if (input != null && dataDirectory != null) {
            throw new InvalidInput("--input and --data-dir both say where the past lies: give one of them.");
        }
        if (input != null) {
            return new FilesPast(input);
        }
        if (dataDirectory != null) {
            return kept(dataDirectory);
        }
        KafkaSettings settings = settings();
        KafkaAdmin.of(settings).close(); // says clearly where there is no Kafka, and at once
        return new KafkaPast(settings);
    }

    private static Past kept(Path directory) {
        if (!Files.isDirectory(directory.resolve("kafka"))) {
            throw new InvalidInput(
                    "%s: no run has kept anything there. Name the --data-dir that a demo or replay was given."
                            .formatted(directory));
        }
        EmbeddedBroker broker = EmbeddedBroker.start(directory);
        Past past = new KafkaPast(KafkaSettings.at(broker.bootstrapServers()));
        return new Past() {
            @Override
            public List<Iterator<byte[]>> sequences(Topic topic, Instant from) {
                return past.sequences(topic, from);
            }

            @Override
            public void close() {
                past.close();
                broker.close();
            }
        };
    }
}
