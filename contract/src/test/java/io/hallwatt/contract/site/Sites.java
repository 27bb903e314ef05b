package io.hallwatt.contract.site;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.UnitId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sites for tests: {@code Sites.site("s").halls("h01..h02", h -> h.racks("r001..r003").crah("crah-1")).grid("grid", 1e6).build()}.
 *
 * <p>Unless said otherwise: UTC, Tétouan's place, registers that count mWh and wrap at 2³² Wh, a reading a second.
 */
public final class Sites {
    /** 2³² Wh. */
    public static final long MODULUS = 4_294_967_296_000L;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SiteId id;
    private ZoneId zone = ZoneId.of("UTC");
    private final List<Hall> halls = new ArrayList<>();
    private final List<SupplySource> sources = new ArrayList<>();

    private Sites(String id) {
        this.id = new SiteId(id);
    }

    /**
     * Site {@code small}: halls h01, h02 of racks r001 to r003 with feeds A and B (100 A, 240 V, 3 phases), crah-1 and chiller-1 in each; a contractual
     * solar plant {@code solar} of 1 MW, the grid {@code grid} of 2 MW.
     */
    public static Site small() {
        return site("small")
                .halls(
                        "h01..h02",
                        hall -> hall.racks("r001..r003").crah("crah-1").chiller("chiller-1"))
                .contractual(SupplyKind.SOLAR, "solar", 1_000_000)
                .grid("grid", 2_000_000)
                .build();
    }

    public static Sites site(String id) {
        return new Sites(id);
    }

    public Sites zone(String zone) {
        this.zone = ZoneId.of(zone);
        return this;
    }

    /** Halls that are alike; an id or a range. */
    public Sites halls(String ids, UnaryOperator<HallOf> shape) {
        for (String hall : IdRange.parse(ids).ids()) {
            halls.add(shape.apply(new HallOf(hall)).build());
        }
        return this;
    }

    public Sites grid(String id, double ratedWatts) {
        return source(id, SupplyKind.GRID, true, ratedWatts, 551.0);
    }

    public Sites battery(String id, double ratedWatts) {
        return source(id, SupplyKind.BATTERY, true, ratedWatts, null);
    }

    /** A plant on the site's bus. */
    public Sites physical(SupplyKind kind, String id, double ratedWatts) {
        return source(id, kind, true, ratedWatts, 41.0);
    }

    /** A plant by purchase agreement. */
    public Sites contractual(SupplyKind kind, String id, double ratedWatts) {
        return source(id, kind, false, ratedWatts, 41.0);
    }

    public Sites source(SupplySource source) {
        sources.add(source);
        return this;
    }

    public Site build() {
        return new Site(id, id.text(), zone, 35.57, -5.37, halls, sources);
    }

    private Sites source(String id, SupplyKind kind, boolean physical, double watts, @Nullable Double carbon) {
        return source(new SupplySource(
                new SourceId(id), kind, physical, kind.renewable(), watts, carbon, MODULUS, 1, SECOND));
    }

    /** A hall being built. {@code feeds}, {@code modulus}, {@code resolution}, {@code water} and {@code every} hold for the racks and units named after them. */
    public static final class HallOf {
        private final HallId id;
        private double designItWatts = 100_000;
        private AshraeClass ashrae = AshraeClass.A2;
        private @Nullable Feed feedA = new Feed(100, 240, 3);
        private @Nullable Feed feedB = new Feed(100, 240, 3);
        private long modulus = MODULUS;
        private long resolution = 1;
        private @Nullable WaterMeter waterMeter;
        private Duration interval = SECOND;
        private final List<Rack> racks = new ArrayList<>();
        private final List<CoolingUnit> units = new ArrayList<>();

        HallOf(String id) {
            this.id = new HallId(id);
        }

        public HallOf designItWatts(double watts) {
            designItWatts = watts;
            return this;
        }

        public HallOf ashrae(AshraeClass ashrae) {
            this.ashrae = ashrae;
            return this;
        }

        public HallOf feeds(@Nullable Feed a, @Nullable Feed b) {
            feedA = a;
            feedB = b;
            return this;
        }

        /** What registers wrap at, mWh. */
        public HallOf modulus(long milliwattHours) {
            modulus = milliwattHours;
            return this;
        }

        /** One count of the registers, mWh. */
        public HallOf resolution(long milliwattHours) {
            resolution = milliwattHours;
            return this;
        }

        /** How units' water is counted. */
        public HallOf water(@Nullable WaterMeter meter) {
            waterMeter = meter;
            return this;
        }

        /** Report interval. */
        public HallOf every(Duration interval) {
            this.interval = interval;
            return this;
        }

        public HallOf racks(String ids) {
            for (String rack : IdRange.parse(ids).ids()) {
                racks.add(
                        new Rack(new RackId(rack), "A", racks.size() + 1, feedA, feedB, modulus, resolution, interval));
            }
            return this;
        }

        public HallOf crah(String ids) {
            return cooling(CoolingKind.CRAH, ids, 200_000, 10_000);
        }

        public HallOf cdu(String ids) {
            return cooling(CoolingKind.CDU, ids, 200_000, 5_000);
        }

        public HallOf chiller(String ids) {
            return cooling(CoolingKind.CHILLER, ids, 200_000, 50_000);
        }

        public HallOf cooling(CoolingKind kind, String ids, double coolingWatts, double electricalWatts) {
            for (String unit : IdRange.parse(ids).ids()) {
                units.add(new CoolingUnit(
                        new UnitId(unit),
                        kind,
                        coolingWatts,
                        electricalWatts,
                        modulus,
                        resolution,
                        interval,
                        null,
                        null,
                        waterMeter));
            }
            return this;
        }

        Hall build() {
            return new Hall(id, designItWatts, ashrae, racks, units);
        }
    }
}
