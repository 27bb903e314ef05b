package io.hallwatt.app.past;

import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.contract.wire.Topic;
import java.time.Instant;
import java.util.function.Consumer;

/** The live log of transitions, the topic {@code alerts}. */
public final class Log {
    private Log() {}

    /**
     * Each transition; those of one alert in their order.
     *
     * @throws InvalidInput where a record is none
     */
    public static void each(Past past, Consumer<AlertTransition> see) {
        past.sequences(Topic.ALERTS, Instant.EPOCH)
                .forEach(records -> records.forEachRemaining(record -> see.accept(read(record))));
    }

    private static AlertTransition read(byte[] record) {
        try {
            return Codecs.ALERT_TRANSITION.read(record);
        } catch (Malformed e) {
            throw new InvalidInput("alerts: a record that is no transition: " + e.reason());
        }
    }
}
