package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.Reading;
import io.hallwatt.ingest.simulate.noise.Noise;
import io.hallwatt.ingest.simulate.scenario.Fault;
import io.hallwatt.ingest.simulate.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The way from the devices to the pipeline, and what the scenario does to it. Which reading is struck is a function of seed, device and sequence, so that it
 * does not depend on how the run is cut.
 */
final class Delivery {
    private static final long GLITCH_MILLIWATT_HOURS = 987_654_000L;

    private final Devices devices;
    private final long seed;
    private final long runMillis;
    private final @Nullable List<Fault.Delivery>[] faults; // by device; null where none ever is
    private final Map<String, Reading> stuck = new HashMap<>();
    private final PriorityQueue<Held> held =
            new PriorityQueue<>(Comparator.comparingLong(Held::dueMillis).thenComparingLong(Held::order));
    private long order;

    /** A reading on its way. */
    private record Held(long dueMillis, long order, Reading reading) {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists, filled below with what its type says
    Delivery(Devices devices, Scenario scenario, long runMillis, long seed) {
        this.devices = devices;
        this.seed = Noise.seed(seed, "delivery");
        this.runMillis = runMillis;
        this.faults = new List[devices.count()];
        for (Fault fault : scenario.faults()) {
            if (fault instanceof Fault.Delivery delivery) {
                for (int device : devices.of(delivery.target())) {
                    List<Fault.Delivery> list = faults[device];
                    if (list == null) {
                        list = new ArrayList<>();
                        faults[device] = list;
                    }
                    list.add(delivery);
                }
            }
        }
    }

    /** Whether the device's readings can go straight through. */
    boolean plain(int device) {
        return faults[device] == null;
    }

    /** Gives what has been on its way until {@code millis}. */
    void release(long millis, ReadingSink sink) {
        for (Held next = held.peek(); next != null && next.dueMillis() <= millis; next = held.peek()) {
            held.remove();
            sink.accept(next.reading());
        }
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    void send(int device, long millis, Reading reading, ReadingSink sink) {
        List<Fault.Delivery> mine = faults[device];
        if (mine == null) {
            sink.accept(reading);
            return;
        }
        Reading told = reading;
        long late = 0;
        List<Long> again = new ArrayList<>();
        for (int i = 0; i < mine.size(); i++) {
            Fault.Delivery fault = mine.get(i);
            if (!fault.span().covers(millis - runMillis)) {
                stuck.remove(device + "/" + i);
                continue;
            }
            long draw = Noise.bits(Noise.mix(seed ^ ((long) device << 32 | i)), reading.sequence());
            double unit = (draw >>> 11) * 0x1.0p-53;
            switch (fault) {
                case Fault.Silence s -> {
                    return;
                }
                case Fault.ClockSkew skew -> told = Mangled.at(told, told.at().plus(skew.ahead()));
                case Fault.DuplicateDelivery twice -> {
                    if (unit < twice.share()) {
                        again.add(twice.after().toMillis());
                    }
                }
                case Fault.ReorderedDelivery reordered -> {
                    if (unit < reordered.share()) {
                        late = Math.max(late, later(draw, reordered.by()));
                    }
                }
                case Fault.StuckSensor sensor -> {
                    Reading first = stuck.computeIfAbsent(device + "/" + i, key -> reading);
                    told = Mangled.stuck(told, first, sensor.sensor());
                }
                case Fault.RegisterGlitch glitch ->
                    told = unit < glitch.share() ? Mangled.registers(told, glitch(device)) : told;
                case Fault.RegisterJitter jitter ->
                    told = unit < jitter.share() ? Mangled.registers(told, back(device, 1 + (draw & 1))) : told;
                case Fault.ImplausibleValue value -> told = unit < value.share() ? Mangled.implausible(told) : told;
            }
        }
        if (late == 0) {
            sink.accept(told);
        } else {
            held.add(new Held(millis + late, order++, told));
        }
        for (long after : again) {
            held.add(new Held(millis + after, order++, told));
        }
    }

    private static long later(long draw, Duration by) {
        return 1 + Math.floorMod(draw, Math.max(1, by.toMillis()));
    }

    private LongUnaryOperator glitch(int device) {
        long modulus = modulus(device);
        return register -> Math.floorMod(register + GLITCH_MILLIWATT_HOURS % modulus, modulus);
    }

    private LongUnaryOperator back(int device, long counts) {
        long modulus = modulus(device);
        return register -> Math.floorMod(register - 1000 * counts, modulus);
    }

    private long modulus(int device) {
        if (devices.isRack(device)) {
            return devices.racks.get(device).registerModulusMilliwattHours();
        }
        return devices.isUnit(device)
                ? devices.units.get(devices.unit(device)).registerModulusMilliwattHours()
                : devices.sources.get(devices.source(device)).registerModulusMilliwattHours();
    }
}
