package io.hallwatt.benchmarks.meter;

import java.util.Locale;

/** Who in the process uses the machine. Told by the names of threads. */
public enum Part {
    /** The source too: the simulator costs as much as it does, generated readings next to nothing. */
    INGEST,
    BROKER,
    AGGREGATE,
    ALERTING,
    /** The plain consumer and Kafka Streams versions that aggregate is measured against. */
    PEER,
    /** Whoever reads the results back and measures. */
    OBSERVER,
    GC,
    JIT,
    /** The rest, and what threads did that lived between two looks. */
    OTHER;

    private static final String[] OF_THE_BROKER = {
        "data-plane-",
        "broker-",
        "controller-",
        "quorum-",
        "kafka-1-",
        "kafka-scheduler",
        "kafka-log-cleaner",
        "raft-",
        "ExpirationReaper",
        "group-coordinator",
        "group-metadata",
        "share-coordinator",
        "transaction-log",
        "TxnMarker",
        "AddPartitionsToTxn",
        "executor-",
        "LogDirFailure",
        "feature-zk",
        "ThrottledChannelReaper",
        "NodeToController",
        "PersisterStateManager",
        "log-",
        "/config/",
        "kafka-server",
        "SensorExpiryThread",
        "metrics-meter-tick",
        "dir-assignment",
        "client-metrics",
        "group-timer",
        "share-group",
        "offsets-",
        "system-timer",
        "SessionExpiry",
        "AlterPartition",
        "remote-log",
        "rlm-",
        "producer-state",
        "coordinator-",
        "consumer-group-",
        "ControllerRegistration",
        "BrokerLifecycle",
        "executor"
    };

    static Part ofThread(String name) {
        if (name.contains("hallwatt-bench-peer")) {
            return PEER;
        }
        if (name.contains("hallwatt-bench")) {
            return OBSERVER;
        }
        if (name.contains("hallwatt-ingest")) {
            return INGEST;
        }
        if (name.contains("hallwatt-aggregate")) {
            return AGGREGATE;
        }
        if (name.contains("alerting")) {
            return ALERTING;
        }
        for (String prefix : OF_THE_BROKER) {
            if (name.startsWith(prefix)) {
                return BROKER;
            }
        }
        return OTHER;
    }

    /** As in results: {@code ingest}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
