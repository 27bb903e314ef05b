package io.hallwatt.app.command;

import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.app.config.SettingDefaults;
import io.hallwatt.contract.config.KafkaSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which Kafka, for commands that use one that runs elsewhere. */
class KafkaOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            converter = BrokersText.class,
            description = "Kafka brokers to ask first (default: localhost:9092).")
    private String bootstrapServers = "";

    @Option(
            names = "--topic-prefix",
            paramLabel = "TEXT",
            defaultValue = KafkaSettings.DEFAULT_PREFIX,
            description = "What every topic's name starts with (default: hallwatt.).")
    private String topicPrefix = "";

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "A Kafka client property, as security.protocol=SSL; may be repeated.")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "YAML file: long option names at the top; sections kafka, ingest, aggregate, alerting. Flags and HALLWATT_… go before it.")
    @SuppressWarnings("UnusedVariable") // read before all other options, by SettingDefaults; here for the help
    private String config = "";

    KafkaSettings settings() {
        Map<String, String> all = new LinkedHashMap<>(file().kafka());
        all.putAll(properties);
        return new KafkaSettings(bootstrapServers, topicPrefix, all);
    }

    ConfigFile file() {
        return ((SettingDefaults) spec.root().defaultValueProvider()).file();
    }

    Hallwatt hallwatt() {
        return Hallwatt.of(spec);
    }
}
