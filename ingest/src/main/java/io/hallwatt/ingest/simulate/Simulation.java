package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.site.CoolingKind;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import io.hallwatt.contract.site.WaterMeter;
import io.hallwatt.ingest.simulate.load.Placement;
import io.hallwatt.ingest.simulate.noise.Noise;
import io.hallwatt.ingest.simulate.scenario.Fault;
import io.hallwatt.ingest.simulate.scenario.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A site and its meters, simulated: gives readings in the order of time, as far as it is asked to. Knows no clock. What it gives depends on site, seed, rate,
 * start and scenario alone. For one thread.
 */
public final class Simulation {
    private static final long NEVER = Long.MAX_VALUE;

    private final Devices devices;
    private final long seed;
    private final long epochMillis; // simulated time 0; never changes for a data directory
    private final RackModel racks;
    private final SitePhysics physics;
    private final RackSample sample;
    private final long[] jitterSeeds;

    private final long[] unitRegisterBase; // Wh
    private final long[] deliveredBase;
    private final long[] drawnBase;

    // The run: from its start on, one rate and one scenario. Times from here on are ms since the epoch.
    private double rateHz;
    private Scenario scenario = Scenario.NONE;
    private Timetable timetable;
    private Delivery delivery;
    private long runMillis;
    private long fromMillis;
    private long endMillis = NEVER;
    private long sequenceBase;
    private long timetableMillis;
    private long round;
    private int slot;

    private Simulation(Site site, long seed, long epochMillis) {
        this.devices = new Devices(site);
        this.seed = seed;
        this.epochMillis = epochMillis;
        Placement placement = Placement.of(site, seed, Instant.ofEpochMilli(epochMillis));
        this.physics = new SitePhysics(devices, placement, epochMillis, seed);
        this.racks = new RackModel(devices, placement, physics, seed);
        physics.populate(racks);
        this.jitterSeeds = new long[devices.count()];
        for (int d = 0; d < jitterSeeds.length; d++) {
            jitterSeeds[d] = Noise.seed(seed, "jitter " + devices.name(d));
        }
        this.unitRegisterBase = new long[devices.units.size()];
        for (int u = 0; u < unitRegisterBase.length; u++) {
            unitRegisterBase[u] = past(devices.racks.size() + u);
        }
        this.deliveredBase = new long[devices.sources.size()];
        this.drawnBase = new long[devices.sources.size()];
        for (int s = 0; s < deliveredBase.length; s++) {
            deliveredBase[s] = past(devices.racks.size() + devices.units.size() + s);
            drawnBase[s] = deliveredBase[s] / 3;
        }
        if (devices.racks.isEmpty()) {
            throw new InvalidInput("simulation: the site has no racks; give it at least one");
        }
        this.sample = new RackSample(site.id(), devices.halls.getFirst(), devices.racks.getFirst());
        this.rateHz = 1;
        this.timetable = new Timetable(devices.count(), 1);
        this.delivery = new Delivery(devices, Scenario.NONE, 0, seed);
    }

    /**
     * A site's first simulated day.
     *
     * @param now where the configuration names no start
     */
    public static Simulation begin(Site site, SimulationConfig config, Instant now) {
        long start = start(config, now);
        Simulation simulation = new Simulation(site, config.seed(), Timetable.aligned(start, config.rateHz()));
        simulation.run(start - simulation.epochMillis, config, 0);
        return simulation;
    }

    /**
     * Goes on with a site, and never back in time. With no start, or with one after the state's time, it is a new run: time in between passes unseen (registers
     * count on, readings are lost), sequences go on from above the old ones, rate and scenario are the configuration's and count from the new start. With the start of
     * the state's own run, that run goes on with the very next reading.
     *
     * @param now where the configuration names no start
     * @throws InvalidInput if the state is of another site or another seed, or is past the configuration's start and not of the run that the configuration describes
     */
    public static Simulation resume(Site site, SimulationConfig config, Instant now, SimulationState state) {
        try (DataInputStream in = state.body()) {
            in.readLong(); // the state's time
            long fingerprint = in.readLong();
            long seed = in.readLong();
            Simulation simulation = new Simulation(site, seed, in.readLong());
            if (fingerprint != simulation.devices.fingerprint()) {
                throw new InvalidInput(
                        "simulation state: it is of another site file: racks, units, sources or register moduli"
                                + " differ, so registers could not go on. Use that site file or another data directory");
            }
            if (seed != config.seed()) {
                throw new InvalidInput(
                        "simulation state: made with seed %d, not %d: the registers would not go on. Give --seed %d or another data directory"
                                .formatted(seed, config.seed(), seed));
            }
            simulation.load(in, site);
            long reached = state.at().toEpochMilli() - simulation.epochMillis;
            long start = start(config, now) - simulation.epochMillis;
            if (config.start() != null && start <= reached) {
                simulation.goOn(config, start, reached);
            } else {
                // Where devices report seldom, the next reading can be due a little after the present: all before it
                // were given.
                long from = Math.max(start, reached + 1);
                simulation.passUnseen(from);
                long over = simulation.sequenceBase + simulation.timetable.round(from - simulation.timetableMillis) + 2;
                simulation.run(from, config, over);
            }
            return simulation;
        } catch (IOException e) {
            throw new InvalidInput("simulation state: cut off; remove the file to start anew");
        }
    }

    /** The run that was loaded, to its new end; every fault where it is not the one that is asked for. */
    private void goOn(SimulationConfig config, long start, long reached) {
        Instant asked = Instant.ofEpochMilli(epochMillis + start);
        Instant reachedAt = Instant.ofEpochMilli(epochMillis + reached);
        if (start != runMillis) {
            throw new InvalidInput(
                    "simulation state: it has reached %s, and --start %s is before that: registers do not run back. Start later, or at %s, where its run began, to go on with that run; or use another data directory"
                            .formatted(reachedAt, asked, Instant.ofEpochMilli(epochMillis + runMillis)));
        }
        endMillis = config.length() == null ? NEVER : start + config.length().toMillis();
        new Faults("simulation state")
                .unless(
                        rateHz == config.rateHz(),
                        "its run, from %s, is at %s Hz, not %s: a run has one rate. Give --rate %s, or a --start after %s, or use another data directory",
                        asked,
                        rateHz,
                        config.rateHz(),
                        rateHz,
                        reachedAt)
                .unless(
                        scenario.text().equals(config.scenario().text()),
                        "its run, from %s, has another scenario (%s): a run has one. Give that one, or a --start after %s, or use another data directory",
                        asked,
                        scenario.name().isEmpty() ? "none" : scenario.name(),
                        reachedAt)
                .unless(
                        reached < endMillis,
                        "its run, from %s, has reached %s: there is nothing left of it. Give a --length of more than %s, or use another data directory",
                        asked,
                        reachedAt,
                        Durations.format(Duration.ofMillis(reached - start)))
                .throwIfAny();
    }

    private static long start(SimulationConfig config, Instant now) {
        Instant start = config.start();
        return (start == null ? now : start).toEpochMilli();
    }

    /** Whether it has an end. */
    public boolean finite() {
        return endMillis != NEVER;
    }

    /** From where it goes on: the run's start, or the first reading after the state that it was resumed from. */
    public Instant from() {
        return Instant.ofEpochMilli(epochMillis + fromMillis);
    }

    /** When the next reading is due; null when the end has come and all is given. */
    public @Nullable Instant next() {
        long next = nextMillis();
        return next >= endMillis && delivery.isEmpty() ? null : Instant.ofEpochMilli(epochMillis + next);
    }

    /**
     * Gives what is due up to and with {@code until}, in the order of delivery.
     *
     * @param most about how many; a few more may come, delayed ones
     * @return false when the end has come and all is given
     */
    public boolean advance(Instant until, int most, ReadingSink sink) {
        long limit = Math.min(until.toEpochMilli() - epochMillis, endMillis - 1);
        for (int given = 0; given < most; given++) {
            long millis = nextMillis();
            if (millis > limit) {
                break;
            }
            delivery.release(millis, sink);
            report(timetable.device(slot), millis, sink);
            if (++slot == timetable.slots()) {
                slot = 0;
                round++;
            }
        }
        if (nextMillis() >= endMillis) {
            delivery.release(NEVER, sink);
            return false;
        }
        return true;
    }

    /** What it takes to go on from here. Readings that a scenario holds back at this moment are lost, as in a gateway that restarts. */
    public SimulationState state() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(SimulationState.MAGIC);
            out.writeInt(SimulationState.VERSION);
            out.writeLong(0); // the checksum's place
            out.writeLong(epochMillis + nextMillis());
            out.writeLong(devices.fingerprint());
            out.writeLong(seed);
            out.writeLong(epochMillis);
            save(out);
            byte[] whole = bytes.toByteArray();
            CRC32 crc = new CRC32();
            crc.update(whole, 16, whole.length - 16);
            ByteBuffer.wrap(whole).putLong(8, crc.getValue());
            return SimulationState.of(whole);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private void save(DataOutputStream out) throws IOException {
        out.writeDouble(rateHz);
        byte[] text = scenario.text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.writeUTF(scenario.name());
        out.writeInt(text.length);
        out.write(text);
        out.writeLong(runMillis);
        out.writeLong(sequenceBase);
        out.writeLong(timetableMillis);
        out.writeLong(round);
        out.writeInt(slot);
        physics.save(out);
        racks.save(out);
    }

    private void load(DataInputStream in, Site site) throws IOException {
        rateHz = in.readDouble();
        String name = in.readUTF();
        String text = new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8);
        Scenario before = Scenario.read(name, text, site);
        runMillis = in.readLong();
        sequenceBase = in.readLong();
        timetableMillis = in.readLong();
        round = in.readLong();
        slot = in.readInt();
        timetable = new Timetable(devices.count(), rateHz);
        physics.load(in);
        fromMillis = nextMillis();
        follow(before);
        racks.load(in);
    }

    private void run(long start, SimulationConfig config, long sequences) {
        sequenceBase = sequences;
        rateHz = config.rateHz();
        timetable = new Timetable(devices.count(), rateHz);
        timetableMillis = Timetable.aligned(epochMillis + start, rateHz) - epochMillis;
        runMillis = start;
        fromMillis = start;
        endMillis = config.length() == null ? NEVER : start + config.length().toMillis();
        round = 0;
        slot = 0;
        while (nextMillis() < start) {
            if (++slot == timetable.slots()) {
                slot = 0;
                round++;
            }
        }
        follow(config.scenario());
    }

    private void follow(Scenario next) {
        scenario = next;
        delivery = new Delivery(devices, next, runMillis, seed);
        Map<Integer, List<Fault>> byRack = new TreeMap<>();
        for (Fault fault : next.faults()) {
            if (fault instanceof Fault.Electrical electrical) {
                for (int rack : devices.of(electrical.target())) {
                    byRack.computeIfAbsent(rack, r -> new ArrayList<>()).add(fault);
                }
            }
        }
        for (int r = 0; r < devices.racks.size(); r++) {
            racks.trouble(r, null);
        }
        byRack.forEach((rack, faults) -> racks.trouble(rack, new RackTrouble(racks, rack, faults, runMillis)));
        List<Integer> troubled = List.copyOf(byRack.keySet());
        physics.follow(next, runMillis, (hall, millis) -> {
            double extra = 0;
            for (int r : troubled) {
                RackTrouble trouble = racks.trouble(r);
                extra += trouble == null || devices.hallOfRack[r] != hall ? 0 : trouble.extraWatts(millis);
            }
            return extra;
        });
    }

    /** Up to the new run's start the old one's faults go on; from there the registers go on without them. */
    private void passUnseen(long start) {
        physics.moveTo(start / 1000.0);
        for (int r = 0; r < devices.racks.size(); r++) {
            RackTrouble trouble = racks.trouble(r);
            if (trouble != null) {
                trouble.moveTo(start);
                for (int feed = 0; feed < 2; feed++) {
                    racks.rebase(r, feed, start / 1000.0, trouble.shownWattHours(feed, start));
                }
            }
        }
    }

    private long nextMillis() {
        return timetableMillis + timetable.millis(round, slot);
    }

    private void report(int device, long millis, ReadingSink sink) {
        double t = millis / 1000.0;
        physics.moveTo(t);
        double part = physics.part(t);
        long sequence = sequenceBase + round + 1;
        if (devices.isRack(device)) {
            racks.sample(device, millis, part, Noise.bits(jitterSeeds[device], millis), sample);
            sample.atMillis = epochMillis + millis;
            sample.sequence = sequence;
            if (delivery.plain(device)) {
                sink.rack(sample);
            } else {
                delivery.send(device, millis, sample.toReading(), sink);
            }
        } else if (devices.isUnit(device)) {
            delivery.send(device, millis, cooling(devices.unit(device), millis, part, sequence), sink);
        } else {
            delivery.send(device, millis, supply(devices.source(device), millis, part, sequence), sink);
        }
    }

    private CoolingReading cooling(int u, long millis, double part, long sequence) {
        CoolingUnit unit = devices.units.get(u);
        double joules = physics.electricalWatts.area(u, part, physics.seconds());
        double millilitres = physics.millilitresPerSecond.area(u, part, physics.seconds());
        boolean wet = unit.kind() == CoolingKind.CHILLER;
        return new CoolingReading(
                devices.site.id(),
                devices.halls.get(devices.hallOfUnit[u]).id(),
                unit.id(),
                Instant.ofEpochMilli(epochMillis + millis),
                sequence,
                Math.rint(physics.electricalWatts.at(u, part)),
                register(unitRegisterBase[u], joules / 3600, unit.registerModulusMilliwattHours()),
                rounded(physics.supplyCelsius.at(u, part), 10),
                rounded(physics.returnCelsius.at(u, part), 10),
                rounded(physics.flow.at(u, part), 10),
                rounded(physics.speed.at(u, part), 1000),
                wet ? (Long) waterRegister(unitRegisterBase[u] / 10, millilitres / 1000, unit.water()) : null,
                physics.state(u),
                null);
    }

    private SupplyReading supply(int s, long millis, double part, long sequence) {
        SupplySource source = devices.sources.get(s);
        double carbon = physics.supply.carbon[s];
        boolean battery = source.kind() == SupplyKind.BATTERY;
        long modulus = source.registerModulusMilliwattHours();
        return new SupplyReading(
                devices.site.id(),
                source.id(),
                Instant.ofEpochMilli(epochMillis + millis),
                sequence,
                Math.rint(physics.supply.watts.at(s, part)),
                register(deliveredBase[s], physics.supply.deliveredWattHours(s, part, physics.seconds()), modulus),
                register(drawnBase[s], physics.supply.drawnWattHours(s, part, physics.seconds()), modulus),
                1.0,
                battery ? (Double) rounded(physics.supply.charge.at(s, part), 1000) : null,
                Double.isNaN(carbon) ? null : (Double) carbon,
                null);
    }

    /** Whole watt-hours or litres, as meters of these kinds count, in thousandths, as the modulus is. */
    private static long register(long base, double counted, long modulus) {
        return Math.floorMod((base + (long) Math.floor(counted)) * 1000, modulus);
    }

    private static long waterRegister(long base, double litres, WaterMeter meter) {
        long millilitres = register(base, litres, meter.modulusMillilitres());
        return millilitres - millilitres % meter.resolutionMillilitres();
    }

    /** What a meter had counted before, Wh: up to a gigawatt-hour. */
    private long past(int device) {
        return (long) Noise.between(Noise.seed(seed, "past " + devices.name(device)), 0, 0, 1e9);
    }

    private static double rounded(double value, double perUnit) {
        return Math.rint(value * perUnit) / perUnit;
    }
}
