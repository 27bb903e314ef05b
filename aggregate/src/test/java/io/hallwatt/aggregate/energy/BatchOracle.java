package io.hallwatt.aggregate.energy;

import io.hallwatt.aggregate.energy.RegisterStream.Shown;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a book must come to, computed slowly and plainly from all readings at once, by the written rules and none of the book's code. */
public final class BatchOracle {
    /** A span between two accepted readings. */
    private record Span(long from, long to, BigInteger energy, boolean bridged, boolean inPart) {
        BigInteger until(long at) {
            if (at <= from) {
                return BigInteger.ZERO;
            }
            return at >= to
                    ? energy
                    : energy.multiply(BigInteger.valueOf(at - from)).divide(BigInteger.valueOf(to - from));
        }
    }

    private final MeterSpec meter;
    private final List<Span> spans = new ArrayList<>();
    private BigInteger booked = BigInteger.ZERO;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    public BatchOracle(MeterSpec meter, List<Shown> readings) {
        this.meter = meter;
        fold(firstAndLastOfEachMinute(readings));
    }

    private static List<Shown> firstAndLastOfEachMinute(List<Shown> readings) {
        TreeMap<Long, Shown> byTime = new TreeMap<>();
        readings.forEach(reading -> byTime.put(reading.at(), reading));
        Map<Long, List<Shown>> byMinute = new TreeMap<>();
        byTime.values()
                .forEach(reading -> byMinute.computeIfAbsent(reading.at() / 60_000, minute -> new ArrayList<>())
                        .add(reading));
        List<Shown> kept = new ArrayList<>();
        byMinute.values().forEach(minute -> {
            kept.add(minute.getFirst());
            if (minute.size() > 1) {
                kept.add(minute.getLast());
            }
        });
        return kept;
    }

    private void fold(List<Shown> readings) {
        int accepted = -1;
        int suspect = -1;
        for (int i = 0; i < readings.size(); i++) {
            if (accepted < 0) {
                accepted = i;
                first = readings.get(i).at();
                last = first;
                continue;
            }
            Long direct = growth(readings.get(accepted), readings.get(i));
            boolean guess = false;
            if (suspect >= 0) {
                Long fromSuspect = plainGrowth(readings.get(suspect), readings.get(i));
                if (fromSuspect != null
                        && (direct == null || nearerToPower(readings, accepted, suspect, i, direct, fromSuspect))) {
                    long[] power = powerAlong(readings, accepted, suspect);
                    span(readings.get(accepted), readings.get(suspect), power[0] / 7_200, true, power[1] > 0);
                    span(readings.get(suspect), readings.get(i), fromSuspect, false, false);
                    accepted = i;
                    suspect = -1;
                    continue;
                }
                guess = fromSuspect != null
                        && canBeRestarted(readings.get(accepted), readings.get(suspect))
                        && powerAlong(readings, accepted, i)[1] + powerAlong(readings, suspect, i)[1] > 0;
            }
            if (direct == null) {
                suspect = i;
                continue;
            }
            suspect = -1;
            if (direct >= 0) {
                long[] power = powerAlong(readings, accepted, i);
                boolean proof = proves(readings.get(accepted), readings.get(i));
                span(
                        readings.get(accepted),
                        readings.get(i),
                        proof ? direct : turned(readings, accepted, i, direct),
                        !proof || guess,
                        proof ? guess : power[1] > 0);
                accepted = i;
            }
        }
    }

    private boolean nearerToPower(
            List<Shown> readings, int accepted, int suspect, int next, long direct, long fromSuspect) {
        long[] all = powerAlong(readings, accepted, next);
        long[] tail = powerAlong(readings, suspect, next);
        long fromAccepted = Math.max(0, turned(readings, accepted, next, direct));
        return all[1] == 0
                && tail[1] == 0
                && Math.abs(fromSuspect - tail[0] / 7_200) < Math.abs(fromAccepted - all[0] / 7_200);
    }

    /** Lower than before, and no more than a register that began again at 0 in between can have counted. */
    private boolean canBeRestarted(Shown before, Shown low) {
        return low.milliwattHours() < before.milliwattHours() && low.milliwattHours() <= most(before, low);
    }

    /** A register says how much flowed only where less can flow than it holds. */
    private boolean proves(Shown from, Shown to) {
        return meter.modulusMilliwattHours() == 0 || most(from, to) < meter.modulusMilliwattHours();
    }

    /** Where the register is no proof and power is known all the way: turn by turn as long as that brings it nearer to the power. */
    private long turned(List<Shown> readings, int from, int to, long direct) {
        long[] power = powerAlong(readings, from, to);
        if (direct < 0 || power[1] > 0 || proves(readings.get(from), readings.get(to))) {
            return direct;
        }
        long modulus = meter.modulusMilliwattHours();
        long best = direct;
        for (long more = direct; more <= most(readings.get(from), readings.get(to)); more += modulus) {
            best = Math.abs(more - power[0] / 7_200) <= Math.abs(best - power[0] / 7_200) ? more : best;
        }
        return best;
    }

    /** Twice the W·ms along kept readings, and the ms without power. */
    private long[] powerAlong(List<Shown> readings, int from, int to) {
        long sum = 0;
        long missing = 0;
        long longest = Math.max(60_000, 3 * meter.reportInterval().toMillis());
        for (int i = from + 1; i <= to; i++) {
            Shown before = readings.get(i - 1);
            Shown after = readings.get(i);
            long millis = after.at() - before.at();
            if (before.watts() < 0 || after.watts() < 0 || millis > longest) {
                missing += millis;
            } else {
                sum += (before.watts() + after.watts()) * millis;
            }
        }
        return new long[] {sum, missing};
    }

    private void span(Shown from, Shown to, long energy, boolean bridged, boolean inPart) {
        spans.add(new Span(from.at(), to.at(), BigInteger.valueOf(energy), bridged, inPart));
        last = to.at();
        booked = booked.add(BigInteger.valueOf(energy));
    }

    /** Energy, −1 for jitter, or null where it does not fit. */
    private @Nullable Long growth(Shown from, Shown to) {
        long step = to.milliwattHours() - from.milliwattHours();
        if (step >= 0) {
            return step <= most(from, to) ? step : null;
        }
        if (step >= -2 * meter.countMilliwattHours()) {
            return -1L;
        }
        long wrapped = step + meter.modulusMilliwattHours();
        return meter.modulusMilliwattHours() > 0 && wrapped >= 0 && wrapped <= most(from, to) ? wrapped : null;
    }

    /** From a suspect: what the register proves, nothing else. */
    private @Nullable Long plainGrowth(Shown from, Shown to) {
        long step = to.milliwattHours() - from.milliwattHours();
        return step >= 0 && step <= most(from, to) && proves(from, to) ? step : null;
    }

    private double most(Shown from, Shown to) {
        return 1.1 * meter.maxWatts() * (to.at() - from.at()) / 3_600 + 2 * meter.countMilliwattHours();
    }

    public long total() {
        return booked.longValueExact();
    }

    /** Whether energy is known from the start to the end: readings around both, and power along every stretch that it bridges. */
    public boolean complete(long start, long end) {
        boolean unbridged = spans.stream().anyMatch(span -> span.inPart() && span.from() < end && span.to() > start);
        return first <= start && last >= end && !unbridged;
    }

    /** Measured and estimated energy of [start, end). */
    public long[] window(long start, long end) {
        long gap = Math.min(60_000, 2 * meter.reportInterval().toMillis());
        BigInteger measured = BigInteger.ZERO;
        BigInteger estimated = BigInteger.ZERO;
        for (Span span : spans) {
            BigInteger part = span.until(end).subtract(span.until(start));
            boolean inside = span.from() >= start && span.to() <= end;
            if (span.bridged() || (!inside && span.to() - span.from() > gap)) {
                estimated = estimated.add(part);
            } else {
                measured = measured.add(part);
            }
        }
        return new long[] {measured.longValueExact(), estimated.longValueExact()};
    }
}
