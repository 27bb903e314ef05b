package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.contract.wire.Malformed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A window as it came from its topic: kept in the store where it waits for its turn, since its place in the topic is committed. */
final class ClosedWindow {
    private static final byte VERSION = 1;

    private final long number;
    private final Sight sight;
    private final String topic;
    private final byte[] value;
    private final byte @Nullable [] newestReading;
    private final long cameAtMillis;

    /**
     * @param number        one more for each that comes
     * @param newestReading the record's header of that name
     * @param cameAtMillis  wall time
     */
    ClosedWindow(
            long number, Sight sight, String topic, byte[] value, byte @Nullable [] newestReading, long cameAtMillis) {
        this.number = number;
        this.sight = sight;
        this.topic = topic;
        this.value = value;
        this.newestReading = newestReading;
        this.cameAtMillis = cameAtMillis;
    }

    long number() {
        return number;
    }

    Sight sight() {
        return sight;
    }

    byte @Nullable [] newestReading() {
        return newestReading;
    }

    /** Since when this process has had it. */
    long cameAtMillis() {
        return cameAtMillis;
    }

    byte[] write() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length + 64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(topic);
            out.writeInt(newestReading == null ? -1 : newestReading.length);
            if (newestReading != null) {
                out.write(newestReading);
            }
            out.writeInt(value.length);
            out.write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static ClosedWindow read(long number, byte[] bytes, Map<String, WindowTopic> topics, long now) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalStateException(
                        "a window that waits was written by a newer version (form %d, known: %d): run that version"
                                .formatted(version, VERSION));
            }
            String topic = in.readUTF();
            int header = in.readInt();
            byte[] newest = header < 0 ? null : in.readNBytes(header);
            byte[] value = in.readNBytes(in.readInt());
            Sight sight =
                    Objects.requireNonNull(topics.get(topic), topic).reader().read(value);
            return new ClosedWindow(number, sight, topic, value, newest, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Malformed e) {
            throw new IllegalStateException("a window that was read before cannot be read again", e);
        }
    }
}
