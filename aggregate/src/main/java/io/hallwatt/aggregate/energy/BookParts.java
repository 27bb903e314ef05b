package io.hallwatt.aggregate.energy;

import io.hallwatt.aggregate.state.ChangeLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A book's state in parts, so that a commit writes only what changed: the current minute, mostly. Keys: {@code meters}; {@code folds}, the
 * registers up to the newest closed hour; {@code intervals}; {@code powers}, sums of sampled power up to the closed hours, and {@code gaps}, where samples are missing in them; {@code minute/M} and {@code power/M} by the minute's start, {@code hour/H}
 * by the closed hour's end, {@code older/H} by an older hour's start, all in epoch ms; {@code age} and {@code changes/N}, what changed of minutes since they were written (see {@link ChangeLog}).
 */
final class BookParts {
    private static final String METERS = "meters";
    private static final String FOLDS = "folds";
    private static final String INTERVALS = "intervals";
    private static final String POWERS = "powers";
    private static final String GAPS = "gaps";
    private static final String MINUTE = "minute/";
    private static final String AGE = "age";
    private static final String CHANGES = "changes/";
    private static final String POWER = "power/";
    private static final String HOUR = "hour/";
    private static final String OLDER = "older/";

    private final Roster roster;
    private final MeterLogs logs;
    private final ClosedHours hours;
    private final List<String> takenBack = new ArrayList<>();
    private final TreeSet<Long> writtenMinutes = new TreeSet<>();
    private final ChangeLog changes = new ChangeLog();
    private boolean metersDirty = true;

    BookParts(Roster roster, MeterLogs logs, ClosedHours hours) {
        this.roster = roster;
        this.logs = logs;
        this.hours = hours;
    }

    /** What was given often is not to be had any more: minutes that changed since they were written whole are given again. */
    void startOver() {
        changes.startOver();
    }

    void drain(PartSink sink) {
        boolean renumbered = metersDirty;
        if (metersDirty) {
            sink.part(METERS, roster.write());
            metersDirty = false;
        }
        takenBack.forEach(key -> sink.part(key, null));
        takenBack.clear();
        while (!writtenMinutes.isEmpty() && writtenMinutes.first() < hours.closedUntil()) {
            sink.part(MINUTE + writtenMinutes.pollFirst(), null);
        }
        drainMinutes(renumbered, sink);
        logs.dirtyPowerMinutes.forEach(start -> sink.part(POWER + start, power(start)));
        logs.dirtyPowerMinutes.clear();
        hours.takeDropped().forEach(end -> sink.part(HOUR + end, null));
        for (HourEnd end : hours.ends()) {
            if (end.dirty) {
                sink.part(HOUR + end.at(), hour(end));
                end.dirty = false;
            }
        }
        hours.older().drainDirty(OLDER, sink);
        if (logs.foldsDirty) {
            sink.part(FOLDS, folds());
            logs.foldsDirty = false;
        }
        if (logs.powersDirty) {
            sink.part(POWERS, ofPowers(PowerLog::writeClosed));
            sink.part(GAPS, ofPowers(PowerLog::writeGaps));
            logs.powersDirty = false;
        }
        if (logs.intervalsDirty) {
            sink.part(INTERVALS, intervals());
            logs.intervalsDirty = false;
        }
    }

    /**
     * Minutes that changed: whole, or only the meters that spoke since the last commit.
     *
     * @param renumbered what was written counts the meters otherwise: it is not to be read any more, though no minute may be open to write anew
     */
    private void drainMinutes(boolean renumbered, PartSink sink) {
        Collection<MinutePoints> minutes = logs.registers.minutes().values();
        int changed = 0;
        for (MinutePoints minute : minutes) {
            changed += minute.changes();
        }
        boolean lost = changes.isFull() && minutes.stream().anyMatch(MinutePoints::isDirty);
        if (changed == 0 && !renumbered && !lost) {
            return;
        }
        if (renumbered || changes.isFull()) {
            sink.part(AGE, age(changes.nextAge()));
            for (MinutePoints minute : minutes) {
                if (minute.takeDirty()) {
                    sink.part(MINUTE + minute.start(), minute(minute));
                    writtenMinutes.add(minute.start());
                }
            }
            return;
        }
        PartWriter out = new PartWriter();
        out.number(changes.age());
        for (MinutePoints minute : minutes) {
            if (minute.changes() > 0) {
                out.flag(true);
                out.number(minute.start());
                minute.writeChanges(out);
            }
        }
        out.flag(false);
        sink.often(CHANGES + changes.nextPlace(), out.toBytes());
    }

    private static byte[] age(long age) {
        PartWriter out = new PartWriter();
        out.number(age);
        return out.toBytes();
    }

    Map<String, byte[]> all() {
        Map<String, byte[]> all = new TreeMap<>();
        all.put(METERS, roster.write());
        all.put(FOLDS, folds());
        all.put(POWERS, ofPowers(PowerLog::writeClosed));
        all.put(GAPS, ofPowers(PowerLog::writeGaps));
        all.put(INTERVALS, intervals());
        logs.registers.minutes().values().forEach(minute -> all.put(MINUTE + minute.start(), minute(minute)));
        hours.ends().forEach(end -> all.put(HOUR + end.at(), hour(end)));
        hours.older().all(OLDER, all::put);
        TreeSet<Long> powerMinutes = new TreeSet<>();
        for (PowerLog log : logs.powers) {
            if (log != null) {
                log.times().forEach(at -> powerMinutes.add(MeterLogs.minuteOf(at)));
            }
        }
        for (long start : powerMinutes) {
            byte[] bytes = power(start);
            if (bytes != null) {
                all.put(POWER + start, bytes);
            }
        }
        return all;
    }

    private static byte[] minute(MinutePoints minute) {
        PartWriter out = new PartWriter();
        minute.write(out);
        return out.toBytes();
    }

    private static byte[] hour(HourEnd end) {
        PartWriter out = new PartWriter();
        end.write(out);
        return out.toBytes();
    }

    private byte[] folds() {
        PartWriter out = new PartWriter();
        for (int meter = 0; meter < logs.meters.size(); meter++) {
            logs.registers.writeFolds(meter, out);
            out.number(logs.energySince[meter]);
        }
        return out.toBytes();
    }

    private byte[] intervals() {
        PartWriter out = new PartWriter();
        for (IntervalLog log : logs.intervals) {
            out.flag(log != null);
            if (log != null) {
                log.write(out);
            }
        }
        return out.toBytes();
    }

    private byte[] ofPowers(BiConsumer<PowerLog, PartWriter> write) {
        PartWriter out = new PartWriter();
        for (PowerLog log : logs.powers) {
            out.flag(log != null);
            if (log != null) {
                write.accept(log, out);
            }
        }
        return out.toBytes();
    }

    private byte @Nullable [] power(long start) {
        PartWriter out = new PartWriter();
        boolean any = false;
        for (PowerLog log : logs.powers) {
            boolean speaks = log != null && log.speaksIn(start, start + MinutePoints.LENGTH_MILLIS);
            out.flag(speaks);
            if (log != null && speaks) {
                log.writeMinute(start, start + MinutePoints.LENGTH_MILLIS, out);
                any = true;
            }
        }
        return any ? out.toBytes() : null;
    }

    /** The meters of a written book; null where there is none. */
    static @Nullable Roster roster(Map<String, byte[]> parts) {
        byte[] meters = parts.get(METERS);
        return meters == null ? null : Roster.read(meters);
    }

    /** Another book goes on as this one: what that one wrote and has not taken back yet, this one must, where it does not write it anew. */
    void takeBackFor(BookParts before) {
        before.writtenMinutes.forEach(start -> takenBack.add(MINUTE + start));
        before.logs.dirtyPowerMinutes.forEach(start -> takenBack.add(POWER + start));
        before.hours.takeDropped().forEach(end -> takenBack.add(HOUR + end));
        before.hours.older().followTo(hours.older());
        takenBack.addAll(before.takenBack);
        changes.follow(before.changes);
        metersDirty = true;
        rewriteAll();
    }

    void read(Roster written, Map<String, byte[]> parts) {
        int[] meterOf = meterOf(written);
        byte[] folds = parts.get(FOLDS);
        if (folds != null) {
            readFolds(new PartReader(folds), meterOf);
        }
        byte[] intervals = parts.get(INTERVALS);
        if (intervals != null) {
            readIntervals(new PartReader(intervals), meterOf);
        }
        byte[] powers = parts.get(POWERS);
        if (powers != null) {
            readPowers(new PartReader(powers), meterOf, PowerLog::readClosed);
        }
        byte[] gaps = parts.get(GAPS);
        if (gaps != null) {
            readPowers(new PartReader(gaps), meterOf, PowerLog::readGaps);
        }
        timed(parts, HOUR)
                .forEach((at, bytes) ->
                        hours.restore(HourEnd.read(at, logs.meters.size(), new PartReader(bytes), meterOf)));
        timed(parts, OLDER).forEach(hours.older()::read);
        timed(parts, MINUTE).forEach((start, bytes) -> {
            MinutePoints minute = readMinute(start, new PartReader(bytes), meterOf);
            minute.takeDirty();
            writtenMinutes.add(start);
        });
        byte[] age = parts.get(AGE);
        if (age != null) {
            changes.read(
                    new PartReader(age).number(),
                    (place, ofAge) -> readChanges(parts.get(CHANGES + place), ofAge, meterOf));
        }
        timed(parts, POWER)
                .forEach((start, bytes) ->
                        readPowers(new PartReader(bytes), meterOf, (log, in) -> log.readMinute(start, in)));
        metersDirty = !written.equals(roster);
        if (metersDirty) {
            rewriteAll();
        }
    }

    private void rewriteAll() {
        logs.foldsDirty = true;
        logs.powersDirty = true;
        logs.intervalsDirty = true;
        hours.ends().forEach(end -> end.dirty = true);
        logs.registers.minutes().values().forEach(MinutePoints::markDirty);
        for (PowerLog log : logs.powers) {
            if (log != null) {
                log.times().forEach(at -> logs.dirtyPowerMinutes.add(MeterLogs.minuteOf(at)));
            }
        }
    }

    private int[] meterOf(Roster written) {
        Map<String, Integer> now = new HashMap<>();
        List<MeterSpec> meters = logs.meters;
        for (int meter = 0; meter < meters.size(); meter++) {
            now.put(meters.get(meter).name(), meter);
        }
        int[] meterOf = new int[written.meters().size()];
        Arrays.setAll(meterOf, i -> now.getOrDefault(written.meters().get(i).name(), -1));
        return meterOf;
    }

    private void readFolds(PartReader in, int[] meterOf) {
        for (int meter : meterOf) {
            logs.registers.readFolds(meter, in);
            long since = in.number();
            if (meter >= 0) {
                logs.energySince[meter] = since;
                logs.newestRegister[meter] = logs.registers.seenAt(meter);
            }
        }
    }

    private void readIntervals(PartReader in, int[] meterOf) {
        for (int meter : meterOf) {
            if (in.flag()) {
                IntervalLog log = IntervalLog.read(in);
                if (meter >= 0) {
                    logs.intervals[meter] = log;
                    logs.energySince[meter] = Math.min(logs.energySince[meter], log.oldestStart());
                }
            }
        }
    }

    private void readPowers(PartReader in, int[] meterOf, BiConsumer<PowerLog, PartReader> read) {
        for (int meter : meterOf) {
            if (in.flag()) {
                read.accept(meter >= 0 ? logs.power(meter) : new PowerLog(0, 0), in);
            }
        }
    }

    private boolean readChanges(byte @Nullable [] part, long age, int[] meterOf) {
        if (part == null) {
            return false;
        }
        PartReader in = new PartReader(part);
        if (in.number() != age) {
            return false;
        }
        while (in.flag()) {
            long start = in.number();
            if (start < hours.closedUntil()) {
                new MinutePoints(start, logs.meters.size()).read(in, meterOf); // folded since
            } else {
                readMinute(start, in, meterOf);
            }
        }
        return true;
    }

    private MinutePoints readMinute(long start, PartReader in, int[] meterOf) {
        MinutePoints minute = logs.registers.minute(start);
        minute.read(in, meterOf);
        for (int meter = 0; meter < logs.meters.size(); meter++) {
            if (minute.has(meter)) {
                logs.newestRegister[meter] = Math.max(logs.newestRegister[meter], minute.newest(meter));
                logs.energySince[meter] = Math.min(logs.energySince[meter], minute.oldest(meter));
            }
        }
        return minute;
    }

    private static Map<Long, byte[]> timed(Map<String, byte[]> parts, String prefix) {
        Map<Long, byte[]> timed = new TreeMap<>();
        parts.forEach((key, bytes) -> {
            if (key.startsWith(prefix)) {
                timed.put(Long.parseLong(key.substring(prefix.length())), bytes);
            }
        });
        return timed;
    }
}
