package io.hallwatt.benchmarks.load;

import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import java.util.Locale;

/** A site like the reference site, of so many racks in so many halls: the same racks, and cooling and supply in proportion. */
public record SiteOfRacks(int racks, int halls) {
    /** Rating of each phase of each feed of each rack. */
    public static final int BREAKER_AMPS = 100;

    private static final int LEAST_RACKS = 100;
    private static final int MOST_RACKS = 100_000;
    private static final int MOST_HALLS = 1_000;

    public SiteOfRacks {
        // Of a number of racks that is itself refused nothing follows for halls.
        int mostHalls = racks < LEAST_RACKS ? MOST_HALLS : Math.min(racks, MOST_HALLS);
        new Faults("bench")
                .unless(
                        racks >= LEAST_RACKS && racks <= MOST_RACKS,
                        "--racks is %d; give %d to %d (default 8000)",
                        racks,
                        LEAST_RACKS,
                        MOST_RACKS)
                .unless(
                        halls >= 1 && halls <= mostHalls,
                        "--halls is %d for %d racks; give 1 to %d (default 40)",
                        halls,
                        racks,
                        mostHalls)
                .throwIfAny();
    }

    /** In the smallest of them. */
    public int racksPerHall() {
        return racks / halls;
    }

    public Site site() {
        return SiteYaml.read("bench.yaml", yaml());
    }

    /** The site's file. */
    public String yaml() {
        StringBuilder text = new StringBuilder("""
                id: bench
                name: %,d racks in %d halls
                zone: UTC
                latitude: 35.57
                longitude: -5.37
                halls:
                """.formatted(racks, halls));
        int larger = racks % halls;
        if (larger > 0) {
            text.append(halls(1, larger, racks / halls + 1));
        }
        text.append(halls(larger + 1, halls, racks / halls));
        double scale = racks / 8000.0;
        return text.append(String.format(Locale.ROOT, """
                supply:
                  - { id: solar-ppa, kind: solar, delivery: contractual, rated-mw: %.3f, carbon-grams-per-kwh: 41 }
                  - { id: wind-ppa, kind: wind, delivery: contractual, rated-mw: %.3f, carbon-grams-per-kwh: 11 }
                  - { id: battery, kind: battery, renewable: false, rated-mw: %.3f }
                  - { id: grid, kind: grid, rated-mw: %.3f, carbon-grams-per-kwh: 551 }
                """, 500 * scale, 450 * scale, 100 * scale, 420 * scale))
                .toString();
    }

    private String halls(int first, int last, int racksEach) {
        double scale = racksEach / 200.0;
        return String.format(
                Locale.ROOT,
                """
                  - ids: h%04d..h%04d
                    design-it-kw: %.1f
                    ashrae: A2
                    racks:
                      - ids: r%05d..r%05d
                        feeds:
                          A: { breaker-amps: %d, volts: 240, phases: 3 }
                          B: { breaker-amps: %d, volts: 240, phases: 3 }
                        register-modulus-wh: 4294967296
                    cooling:
                      - { ids: crah-1..crah-5, kind: crah, rated-cooling-kw: %.1f, rated-electrical-kw: %.1f, register-modulus-wh: 4294967296 }
                      - { ids: cdu-1..cdu-3, kind: cdu, rated-cooling-kw: %.1f, rated-electrical-kw: %.1f, register-modulus-wh: 4294967296 }
                      - { ids: chiller-1..chiller-3, kind: chiller, rated-cooling-kw: %.1f, rated-electrical-kw: %.1f, register-modulus-wh: 4294967296 }
                """,
                first,
                last,
                7600 * scale,
                1,
                racksEach,
                BREAKER_AMPS,
                BREAKER_AMPS,
                650 * scale,
                30 * scale,
                3000 * scale,
                30 * scale,
                4300 * scale,
                900 * scale);
    }
}
