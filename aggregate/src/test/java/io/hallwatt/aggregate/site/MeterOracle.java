package io.hallwatt.aggregate.site;

import io.hallwatt.contract.SupplyReading;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one source's meter, from all of its readings at once: registers that only grow, energy by intervals, or power alone. Wraps, resets and
 * glitches are the business of the energy package's own oracle.
 */
final class MeterOracle {
    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;
    private static final long MICROJOULES_IN_MILLIWATT_HOUR = 3_600_000;

    /** Energy of one window, mWh; complete where it is known from its start to its end. */
    record Part(long measured, long estimated, boolean complete) {
        long total() {
            return measured + estimated;
        }
    }

    /** Energy that flowed from one instant to another. */
    private record Flow(long from, long to, long milliwattHours) {
        long until(long at) {
            if (at <= from) {
                return 0;
            }
            return at >= to
                    ? milliwattHours
                    : BigInteger.valueOf(milliwattHours)
                            .multiply(BigInteger.valueOf(at - from))
                            .divide(BigInteger.valueOf(to - from))
                            .longValueExact();
        }

        boolean inside(long start, long end) {
            return from >= start && to <= end;
        }
    }

    private record Sample(long at, long milliwatts) {}

    private final long interval;
    private final List<Flow> betweenRegisters = new ArrayList<>();
    private final List<Flow> intervals = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private long firstRegister = Long.MAX_VALUE;
    private long lastRegister = Long.MIN_VALUE;

    /**
     * @param readings in order of time, without repetition
     * @param register of this direction
     * @param sign     1 for what is delivered, −1 for what is drawn
     */
    MeterOracle(
            Duration reportInterval,
            List<SupplyReading> readings,
            Function<SupplyReading, @Nullable Long> register,
            int sign) {
        interval = reportInterval.toMillis();
        NavigableMap<Long, Long> registers = new TreeMap<>();
        for (SupplyReading reading : readings) {
            long at = reading.at().toEpochMilli();
            Long shown = register.apply(reading);
            if (reading.interval() != null) {
                if (sign > 0) {
                    intervals.add(new Flow(
                            reading.interval().start().toEpochMilli(),
                            at,
                            reading.interval().milliwattHours()));
                }
            } else if (shown != null) {
                registers.put(at, shown);
            } else if (reading.watts() != null && reading.deliveredRegisterMilliwattHours() == null) {
                samples.add(new Sample(at, Math.max(0, sign * Math.round(reading.watts() * 1000))));
            }
        }
        registers(registers);
    }

    /** Of each minute the first and the last reading count. */
    private void registers(NavigableMap<Long, Long> registers) {
        Map.Entry<Long, Long> before = null;
        for (Map.Entry<Long, Long> reading : registers.entrySet()) {
            long at = reading.getKey();
            long minute = Math.floorDiv(at, MINUTE) * MINUTE;
            boolean first = registers.subMap(minute, at).isEmpty();
            boolean last =
                    registers.subMap(at + 1, Math.max(at + 1, minute + MINUTE)).isEmpty();
            if (first || last) {
                if (before != null) {
                    betweenRegisters.add(new Flow(before.getKey(), at, reading.getValue() - before.getValue()));
                }
                firstRegister = Math.min(firstRegister, at);
                lastRegister = at;
                before = reading;
            }
        }
    }

    /** Whether anything was ever said of this direction. */
    boolean speaks() {
        return firstRegister <= lastRegister || !intervals.isEmpty() || !samples.isEmpty();
    }

    /** Whether a register was read in [start, end). */
    boolean readIn(long start, long end) {
        return betweenRegisters.stream()
                        .anyMatch(flow ->
                                (flow.from() >= start && flow.from() < end) || (flow.to() >= start && flow.to() < end))
                || (firstRegister >= start && firstRegister < end);
    }

    /** From the first to the last that is known. */
    long total() {
        return betweenRegisters.stream().mapToLong(Flow::milliwattHours).sum()
                + intervals.stream().mapToLong(Flow::milliwattHours).sum()
                + sampled(Long.MAX_VALUE)[0];
    }

    Part in(long start, long end) {
        long measured = 0;
        long estimated = 0;
        for (Flow flow : betweenRegisters) {
            long part = flow.until(end) - flow.until(start);
            if (flow.inside(start, end) || flow.to() - flow.from() <= Math.min(2 * interval, MINUTE)) {
                measured += part;
            } else {
                estimated += part;
            }
        }
        boolean hour = end - start == HOUR;
        long stated = 0;
        for (Flow flow : intervals) {
            boolean inside = flow.inside(start, end);
            long part = inside || hour ? flow.until(end) - flow.until(start) : 0;
            measured += inside ? part : 0;
            estimated += inside ? 0 : part;
            stated += inside || hour ? Math.max(0, Math.min(flow.to(), end) - Math.max(flow.from(), start)) : 0;
        }
        long[] from = sampled(start);
        long[] to = sampled(end);
        measured += to[0] - from[0];
        boolean complete = (known(start) && known(end))
                || stated == end - start
                || (!samples.isEmpty() && (to[1] - from[1]) * 100 >= (end - start) * 95);
        return new Part(measured, estimated, complete);
    }

    private boolean known(long boundary) {
        return firstRegister <= boundary && boundary <= lastRegister;
    }

    /** Whole mWh of the samples up to {@code at}, and the ms that they cover. */
    private long[] sampled(long at) {
        BigInteger microjoules = BigInteger.ZERO;
        long covered = 0;
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            long next = i + 1 < samples.size() ? samples.get(i + 1).at() : Long.MAX_VALUE;
            long millis = Math.min(Math.min(next, sample.at() + 3 * interval), at) - sample.at();
            if (millis > 0) {
                covered += millis;
                microjoules =
                        microjoules.add(BigInteger.valueOf(sample.milliwatts()).multiply(BigInteger.valueOf(millis)));
            }
        }
        return new long[] {
            microjoules
                    .divide(BigInteger.valueOf(MICROJOULES_IN_MILLIWATT_HOUR))
                    .longValueExact(),
            covered
        };
    }
}
