package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.state.Standing;
import io.hallwatt.alerting.state.Swings;
import io.hallwatt.contract.catalogue.Scope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One alert as it lies in the changelog. The first byte is the form's version: a later one reads this one too. */
final class AlertBytes {
    private static final int VERSION = 2;
    /** Without swings, and no inactive alerts. */
    private static final int FIRST = 1;

    private static final int INACTIVE = 0;
    private static final int PENDING = 1;
    private static final int FIRING = 2;
    private static final int UNKNOWN = 3;
    private static final int SUPPRESSED = 4;

    private AlertBytes() {}

    static byte[] write(Alert alert) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            AlertKey key = alert.key();
            out.writeUTF(key.rule());
            out.writeUTF(key.scope().name());
            out.writeUTF(key.row());
            out.writeUTF(key.rack());
            out.writeUTF(key.key());
            out.writeBoolean(key.blind());
            out.writeUTF(alert.name());
            out.writeUTF(alert.fingerprint());
            out.writeShort(alert.labels().size());
            for (Map.Entry<String, String> label : alert.labels().entrySet()) {
                out.writeUTF(label.getKey());
                out.writeUTF(label.getValue());
            }
            standing(out, alert.standing());
            swings(out, alert.swings());
            String planned = alert.maintenance();
            out.writeBoolean(planned != null);
            if (planned != null) {
                out.writeUTF(planned);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Alert read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readByte();
            if (version < FIRST || version > VERSION) {
                throw new IllegalStateException(
                        "an alert's state was written by a newer version (form %d, known: %d): run that version"
                                .formatted(version, VERSION));
            }
            AlertKey key = new AlertKey(
                    in.readUTF(),
                    Scope.valueOf(in.readUTF()),
                    in.readUTF(),
                    in.readUTF(),
                    in.readUTF(),
                    in.readBoolean());
            String name = in.readUTF();
            String fingerprint = in.readUTF();
            SortedMap<String, String> labels = new TreeMap<>();
            for (int left = in.readShort(); left > 0; left--) {
                labels.put(in.readUTF(), in.readUTF());
            }
            Standing standing = standing(in);
            if (version == FIRST) {
                return new Alert(key, name, labels, fingerprint, standing);
            }
            return new Alert(
                    key, name, labels, fingerprint, standing, swings(in), in.readBoolean() ? in.readUTF() : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void standing(DataOutputStream out, Standing standing) throws IOException {
        switch (standing) {
            case Standing.Inactive inactive -> out.writeByte(INACTIVE);
            case Standing.Pending pending -> {
                out.writeByte(PENDING);
                instant(out, pending.since());
                instant(out, pending.missingSince());
            }
            case Standing.Firing firing -> {
                out.writeByte(FIRING);
                instant(out, firing.since());
                instant(out, firing.recoveringSince());
                instant(out, firing.missingSince());
            }
            case Standing.Unknown unknown -> {
                out.writeByte(UNKNOWN);
                out.writeBoolean(unknown.wasFiring());
                instant(out, unknown.since());
                instant(out, unknown.missingSince());
            }
            case Standing.Suppressed suppressed -> {
                out.writeByte(SUPPRESSED);
                instant(out, suppressed.since());
                out.writeBoolean(suppressed.parentFired());
            }
        }
    }

    private static Standing standing(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case INACTIVE -> Standing.INACTIVE;
            case PENDING -> new Standing.Pending(known(in), instant(in));
            case FIRING -> new Standing.Firing(known(in), instant(in), instant(in));
            case UNKNOWN -> new Standing.Unknown(in.readBoolean(), known(in), known(in));
            case SUPPRESSED -> new Standing.Suppressed(known(in), in.readBoolean());
            default -> throw new IOException("no standing of an alert: " + kind);
        };
    }

    private static void swings(DataOutputStream out, Swings swings) throws IOException {
        out.writeShort(swings.fired().size());
        for (Instant fired : swings.fired()) {
            instant(out, fired);
        }
        out.writeBoolean(swings.held());
        out.writeInt(swings.flaps());
    }

    private static Swings swings(DataInputStream in) throws IOException {
        List<Instant> fired = new ArrayList<>();
        for (int left = in.readShort(); left > 0; left--) {
            fired.add(known(in));
        }
        return new Swings(fired, in.readBoolean(), in.readInt());
    }

    /** Windows end at whole milliseconds. */
    private static void instant(DataOutputStream out, @Nullable Instant at) throws IOException {
        out.writeLong(at == null ? Long.MIN_VALUE : at.toEpochMilli());
    }

    private static @Nullable Instant instant(DataInputStream in) throws IOException {
        long millis = in.readLong();
        return millis == Long.MIN_VALUE ? null : Instant.ofEpochMilli(millis);
    }

    private static Instant known(DataInputStream in) throws IOException {
        Instant at = instant(in);
        if (at == null) {
            throw new IOException("an alert without its beginning");
        }
        return at;
    }
}
