package io.hallwatt.app.summary;

import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.SiteId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds hours of the site {@code s}, complete unless told otherwise. */
final class Hours {
    private static final EnergyHour.Evidence NONE =
            new EnergyHour.Evidence(1, null, null, List.of(), List.of(), List.of());

    private Hours() {}

    static EnergyHour hour(String subject, String start, long milliwattHours) {
        return hour(subject, start, milliwattHours, 0, 1, null);
    }

    static EnergyHour hour(
            String subject, String start, long milliwattHours, int revision, int complete, @Nullable Double carbon) {
        return new EnergyHour(
                new SiteId("s"),
                EnergySubject.parse(subject),
                Instant.parse(start),
                revision,
                milliwattHours,
                0,
                1,
                complete,
                carbon,
                NONE);
    }
}
