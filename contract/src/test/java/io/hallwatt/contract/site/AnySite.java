package io.hallwatt.contract.site;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.property.Any;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Any site model: racks in runs and out of order, with and without feeds, rows and positions. */
public final class AnySite {
    private AnySite() {}

    public static Site site(Random random) {
        Sites site = Sites.site(Any.id(random)).grid("grid", 1 + random.nextInt(1_000_000));
        Site frame = site.halls("h0", hall -> hall.crah("crah-1..crah-3")).build();
        List<Hall> halls = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            halls.add(new Hall(
                    new HallId("h" + i),
                    Any.number(random),
                    Any.oneOf(random, AshraeClass.class),
                    racks(random),
                    frame.halls().get(0).coolingUnits().stream()
                            .map(unit -> filled(random, unit))
                            .toList(),
                    Any.number(random)));
        }
        return new Site(
                frame.id(), "É \"x\"", frame.zone(), frame.latitude(), frame.longitude(), halls, frame.sources());
    }

    private static CoolingUnit filled(Random random, CoolingUnit unit) {
        return new CoolingUnit(
                unit.id(),
                unit.kind(),
                unit.ratedCoolingWatts(),
                unit.ratedElectricalWatts(),
                unit.registerModulusMilliwattHours(),
                unit.registerResolutionMilliwattHours(),
                unit.reportInterval(),
                random.nextBoolean() ? null : Any.oneOf(random, Fluid.class),
                random.nextBoolean() ? null : Any.number(random),
                random.nextBoolean() ? null : new WaterMeter(1_000_000L * random.nextInt(1, 100), 1_000));
    }

    private static List<Rack> racks(Random random) {
        Set<String> ids = new LinkedHashSet<>();
        for (int blocks = random.nextInt(4); blocks > 0; blocks--) {
            int start = random.nextInt(200);
            int count = random.nextInt(30);
            String prefix = random.nextBoolean() ? "r" : "";
            for (int i = start; i < start + count; i++) {
                ids.add(
                        random.nextInt(10) == 9
                                ? Any.id(random)
                                : prefix + (start % 2 == 0 ? "%03d" : "%d").formatted(i));
            }
        }
        List<Rack> racks = new ArrayList<>();
        String row = "";
        int position = 0;
        for (String id : ids) {
            if (random.nextInt(8) == 7) {
                row = Any.id(random);
                position = random.nextInt(3);
            }
            racks.add(new Rack(
                    new RackId(id),
                    row,
                    position,
                    feed(random),
                    feed(random),
                    1_000_000L * (1 + random.nextInt(2)),
                    1_000L * (1 + random.nextInt(2)),
                    Duration.ofMillis(100)));
            position += random.nextInt(9) == 8 || position == 0 ? 0 : 1;
        }
        return racks;
    }

    private static @Nullable Feed feed(Random random) {
        return random.nextInt(10) == 9 ? null : new Feed(100, 240, 3);
    }
}
