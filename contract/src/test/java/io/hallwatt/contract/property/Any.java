package io.hallwatt.contract.property;

import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.RegisterNote;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.UnitId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Dimension;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Any value that a record may hold, the odd ones more often than life has them. Draws of zero give the plainest. */
public final class Any {
    private static final String ID_CHARACTERS = "a0b1r-_.ABCXYZz9";
    private static final double[] ODD = {0, 1, -1, -0.0, 0.1, 0.001, 1e-30, 1e30, 1e15 + 0.3, 1.0 / 3, -273.15, 415.07};

    private Any() {}

    public static String id(Random random) {
        int length = random.nextInt(8) == 7 ? 64 : 1 + random.nextInt(6);
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < length; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.charAt(0) == '.' ? "_" + id.substring(1) : id.toString();
    }

    /** Finite, 0 or of a size between 1e-30 and 1e30. */
    public static double number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> ODD[random.nextInt(ODD.length)];
            case 1 -> random.nextInt(1_000_000) / 1_000.0;
            case 2 -> random.nextDouble() * 100_000;
            default -> -random.nextInt(100_000) / 10.0;
        };
    }

    public static long whole(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(10);
            case 1 -> random.nextLong() >>> 20;
            case 2 -> Long.MAX_VALUE;
            default -> random.nextLong();
        };
    }

    /** To the millisecond, 0000 to 9999. */
    public static Instant time(Random random) {
        return Instant.ofEpochMilli(
                switch (random.nextInt(3)) {
                    case 0 -> 1_768_478_400_000L + random.nextInt(100_000);
                    case 1 -> Math.floorMod(random.nextLong(), 315_569_520_000_000L) - 62_167_219_200_000L;
                    default -> -random.nextInt(86_400_000) - 1;
                });
    }

    private static <V> @Nullable V maybe(Random random, Function<Random, V> value) {
        return random.nextInt(3) == 0 ? null : value.apply(random);
    }

    public static <E extends Enum<E>> E oneOf(Random random, Class<E> type) {
        E[] constants = type.getEnumConstants();
        return constants[random.nextInt(constants.length)];
    }

    private static <V> List<V> some(Random random, int most, Function<Random, V> value) {
        List<V> values = new ArrayList<>();
        for (int count = random.nextInt(most + 1); count > 0; count--) {
            values.add(value.apply(random));
        }
        return values;
    }

    /** Text with all that JSON must escape, and more. */
    private static String text(Random random) {
        return String.join(
                "",
                some(
                        random,
                        6,
                        r -> List.of("a", "\"", "\\", "\n", "é", "𝄞", "\u0001", "<", "/")
                                .get(r.nextInt(9))));
    }

    public static IntervalEnergy interval(Random random) {
        return new IntervalEnergy(time(random), whole(random));
    }

    public static FeedReading feed(Random random) {
        List<PhaseReading> phases = some(random, 3, r -> new PhaseReading(number(r), number(r), number(r)));
        return new FeedReading(maybe(random, Any::whole), maybe(random, Any::number), phases);
    }

    public static RackReading rackReading(Random random) {
        return new RackReading(
                new SiteId(id(random)),
                new HallId(id(random)),
                new RackId(id(random)),
                time(random),
                whole(random),
                maybe(random, Any::feed),
                maybe(random, Any::feed),
                maybe(
                        random,
                        r -> new InletTemperatures(
                                maybe(r, Any::number), maybe(r, Any::number), maybe(r, Any::number))),
                maybe(random, Any::number),
                maybe(random, Any::number),
                maybe(random, Any::interval));
    }

    public static CoolingReading coolingReading(Random random) {
        return new CoolingReading(
                new SiteId(id(random)),
                new HallId(id(random)),
                new UnitId(id(random)),
                time(random),
                whole(random),
                maybe(random, Any::number),
                maybe(random, Any::whole),
                maybe(random, Any::number),
                maybe(random, Any::number),
                maybe(random, Any::number),
                maybe(random, Any::number),
                maybe(random, Any::whole),
                maybe(random, r -> oneOf(r, CoolingState.class)),
                maybe(random, Any::interval));
    }

    public static SupplyReading supplyReading(Random random) {
        return new SupplyReading(
                new SiteId(id(random)),
                new SourceId(id(random)),
                time(random),
                whole(random),
                maybe(random, Any::number),
                maybe(random, Any::whole),
                maybe(random, Any::whole),
                maybe(random, Any::number),
                maybe(random, Any::number),
                maybe(random, Any::number),
                maybe(random, Any::interval));
    }

    public static Window window(Random random) {
        return oneOf(random, Resolution.class).windowAt(time(random));
    }

    public static Quantity quantity(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Quantity.measured(number(random), maybe(random, Any::id));
            case 1 -> new Quantity.Estimated(number(random), maybe(random, Any::id));
            default -> Quantity.unknown(oneOf(random, Reason.class));
        };
    }

    public static Quantities quantities(Random random, Scope scope) {
        Quantities.Builder quantities = Quantities.builder();
        for (Metric metric : metrics(scope)) {
            if (random.nextInt(4) == 1) {
                quantities.put(metric, key(random, metric), quantity(random));
            }
        }
        return quantities.build();
    }

    private static List<Metric> metrics(Scope scope) {
        return Arrays.stream(Metric.values()).filter(m -> m.scope() == scope).toList();
    }

    private static String key(Random random, Metric metric) {
        return metric.dimensions().stream()
                .map(dimension -> dimension == Dimension.FEED ? (random.nextBoolean() ? "B" : "A") : id(random))
                .collect(Collectors.joining("/"));
    }

    public static HallMetrics hallMetrics(Random random) {
        return new HallMetrics(
                new SiteId(id(random)),
                new HallId(id(random)),
                window(random),
                random.nextInt(5),
                random.nextInt(1_001) / 1_000.0,
                quantities(random, Scope.HALL));
    }

    public static SiteMetrics siteMetrics(Random random) {
        return new SiteMetrics(
                new SiteId(id(random)),
                window(random),
                random.nextInt(5),
                random.nextInt(1_001) / 1_000.0,
                quantities(random, Scope.SITE));
    }

    /** With values that have no more digits than the wire carries. */
    public static RackFrame rackFrame(Random random) {
        List<RackId> racks = IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> new RackId("r" + i))
                .toList();
        Map<RackFrame.Column, double[]> columns = new HashMap<>();
        for (Metric metric : metrics(Scope.RACK)) {
            if (random.nextInt(3) == 1) {
                double[] values = new double[racks.size()];
                Arrays.setAll(
                        values,
                        i -> random.nextInt(4) == 0
                                ? Double.NaN
                                : random.nextInt(100_000)
                                        / Math.pow(10, metric.unit().decimals()));
                columns.put(new RackFrame.Column(metric, key(random, metric)), values);
            }
        }
        return new RackFrame(
                new SiteId(id(random)), new HallId(id(random)), window(random), random.nextInt(3), racks, columns);
    }

    public static EnergySubject energySubject(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new EnergySubject.HallIt(new HallId(id(random)));
            case 1 -> new EnergySubject.HallCooling(new HallId(id(random)));
            case 2 -> new EnergySubject.SourceDelivered(new SourceId(id(random)));
            default -> new EnergySubject.SourceDrawn(new SourceId(id(random)));
        };
    }

    public static EnergyHour energyHour(Random random) {
        EnergyHour.Evidence evidence = new EnergyHour.Evidence(
                random.nextInt(1_000),
                maybe(random, Any::time),
                maybe(random, Any::time),
                some(
                        random,
                        3,
                        r -> new EnergyHour.MeterSpan(
                                id(r) + "/A",
                                whole(r),
                                whole(r),
                                maybe(r, Any::whole),
                                maybe(r, Any::whole),
                                maybe(r, Any::time),
                                maybe(r, Any::time))),
                some(random, 2, r -> new EnergyHour.RegisterEvent(oneOf(r, RegisterNote.class), r.nextInt(9))),
                some(random, 2, r -> new EnergyHour.OffsetRange(text(r), r.nextInt(9), whole(r), whole(r))));
        return new EnergyHour(
                new SiteId(id(random)),
                energySubject(random),
                Resolution.HOUR.windowAt(time(random)).start(),
                random.nextInt(3),
                random.nextLong() >>> 2,
                random.nextLong() >>> 2,
                random.nextInt(400),
                random.nextInt(400),
                maybe(random, Any::number),
                evidence,
                maybe(random, Any::id));
    }

    public static AlertTransition alertTransition(Random random) {
        return new AlertTransition(
                "%016x".formatted(random.nextLong()),
                text(random),
                labels(random),
                labels(random),
                oneOf(random, AlertState.class),
                oneOf(random, AlertState.class),
                time(random),
                time(random),
                maybe(random, Any::number),
                maybe(random, Any::number),
                maybe(random, Any::text),
                maybe(random, r -> 1 + r.nextInt(5)),
                maybe(random, Any::time),
                maybe(random, Any::time));
    }

    private static SortedMap<String, String> labels(Random random) {
        SortedMap<String, String> labels = new TreeMap<>();
        for (int count = random.nextInt(4); count > 0; count--) {
            labels.put(id(random), text(random));
        }
        return labels;
    }
}
