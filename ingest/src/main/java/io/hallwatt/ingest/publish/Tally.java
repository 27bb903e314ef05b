package io.hallwatt.ingest.publish;

import io.hallwatt.contract.RejectCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What Kafka has acknowledged, counted here and in the metrics; every counter is there, at 0, from the start. */
final class Tally {
    private static final String RECORDS = "Records that a stage has taken or refused";

    private final LongAdder accepted = new LongAdder();
    private final Map<RejectCode, LongAdder> rejected = new EnumMap<>(RejectCode.class);
    private final Counter rejectedMeter;
    private final Map<RejectCode, Counter> rejectedMeters = new EnumMap<>(RejectCode.class);

    Tally(MeterRegistry meters) {
        // Read when asked for, not counted twice: this is once a reading.
        FunctionCounter.builder("hallwatt.records", accepted, LongAdder::sum)
                .description(RECORDS)
                .tag("stage", "ingest")
                .tag("result", "accepted")
                .register(meters);
        rejectedMeter = Counter.builder("hallwatt.records")
                .description(RECORDS)
                .tag("stage", "ingest")
                .tag("result", "rejected")
                .register(meters);
        for (RejectCode code : RejectCode.values()) {
            rejected.put(code, new LongAdder());
            rejectedMeters.put(
                    code,
                    Counter.builder("hallwatt.rejected")
                            .description("Records refused, by the code of the reason")
                            .tag("code", code.name())
                            .register(meters));
        }
    }

    void accepted() {
        accepted.increment();
    }

    void rejected(RejectCode code) {
        increment(rejected, code);
        rejectedMeter.increment();
        Counter meter = rejectedMeters.get(code);
        if (meter != null) {
            meter.increment();
        }
    }

    private static void increment(Map<RejectCode, LongAdder> adders, RejectCode code) {
        LongAdder adder = adders.get(code);
        if (adder != null) {
            adder.increment();
        }
    }

    long acceptedCount() {
        return accepted.sum();
    }

    /** Those not 0. */
    Map<RejectCode, Long> rejectedCounts() {
        Map<RejectCode, Long> counts = new EnumMap<>(RejectCode.class);
        rejected.forEach((code, adder) -> {
            if (adder.sum() > 0) {
                counts.put(code, adder.sum());
            }
        });
        return counts;
    }
}
