package io.hallwatt.alerting.streams;

import io.hallwatt.alerting.evaluate.Alert;
import io.hallwatt.alerting.evaluate.AlertKey;
import io.hallwatt.alerting.evaluate.Fired;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One alert as it lies in the changelog. The first byte is the form's version: a later one reads the earlier ones too. */
final class AlertBytes {
    private static final int VERSION = 4;
    /** Without swings, and no inactive alerts. */
    private static final int FIRST = 1;
    /** It did not say when an alert fired and with which annotations, and knew no ended ones. */
    private static final int SECOND = 2;
    /** It did not say by which metrics an alert was judged. */
    private static final int THIRD = 3;

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
            texts(out, alert.labels());
            standing(out, alert.standing());
            swings(out, alert.swings());
            text(out, alert.maintenance());
            fired(out, alert.fired());
            text(out, alert.metrics());
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
            SortedMap<String, String> labels = texts(in);
            Standing standing = standing(in);
            Swings swings = version == FIRST ? Swings.NONE : swings(in);
            String planned = version > FIRST && in.readBoolean() ? in.readUTF() : null;
            Fired fired = version > SECOND ? fired(in) : planned == null ? firedBefore(standing) : null;
            String metrics = version > THIRD && in.readBoolean() ? in.readUTF() : null;
            return new Alert(key, name, labels, fingerprint, standing, swings, planned, metrics, fired);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
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

    private static void fired(DataOutputStream out, @Nullable Fired fired) throws IOException {
        out.writeBoolean(fired != null);
        if (fired != null) {
            instant(out, fired.at());
            instant(out, fired.endedAt());
            texts(out, fired.annotations());
        }
    }

    private static @Nullable Fired fired(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        Instant at = known(in);
        Instant endedAt = instant(in);
        return new Fired(at, texts(in), endedAt);
    }

    /** The nearest to when it fired that the earlier forms have is its first breach. */
    private static @Nullable Fired firedBefore(Standing standing) {
        return switch (standing) {
            case Standing.Firing firing -> new Fired(firing.since(), Collections.emptySortedMap(), null);
            case Standing.Unknown unknown ->
                unknown.wasFiring() ? new Fired(unknown.since(), Collections.emptySortedMap(), null) : null;
            case Standing.Pending pending -> null;
            case Standing.Suppressed suppressed -> null;
            case Standing.Inactive inactive -> null;
        };
    }

    private static void texts(DataOutputStream out, SortedMap<String, String> texts) throws IOException {
        out.writeShort(texts.size());
        for (Map.Entry<String, String> text : texts.entrySet()) {
            out.writeUTF(text.getKey());
            out.writeUTF(text.getValue());
        }
    }

    private static SortedMap<String, String> texts(DataInputStream in) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (int left = in.readShort(); left > 0; left--) {
            texts.put(in.readUTF(), in.readUTF());
        }
        return texts;
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
