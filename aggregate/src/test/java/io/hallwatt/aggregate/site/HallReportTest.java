package io.hallwatt.aggregate.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject.HallIt;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HallReportTest {
    private static final SiteId SITE = new SiteId("small");
    private static final HallId HALL = new HallId("h01");

    @Test
    void each_kind_comes_back_as_it_was_written() throws Malformed {
        Window window = new Window(Instant.EPOCH, Resolution.MINUTE);
        HallReport closed = new HallReport.Closed(
                new HallMetrics(SITE, HALL, window, 0, 1, Quantities.builder().build()));
        HallReport hour = new HallReport.Hour(new EnergyHour(
                SITE,
                new HallIt(HALL),
                Instant.EPOCH,
                0,
                5,
                0,
                1,
                1,
                null,
                new EnergyHour.Evidence(1, null, null, List.of(), List.of(), List.of())));
        HallReport ended = new HallReport.Ended(HALL);

        for (HallReport report : List.of(closed, hour, ended)) {
            assertThat(HallReport.read(report.write())).isEqualTo(report);
        }
    }

    @Test
    void anything_else_is_refused() {
        for (String other : List.of("", "x", "{}")) {
            assertThatThrownBy(() -> HallReport.read(other.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Malformed.class)
                    .hasMessageContaining("starts with none of m, h, e");
        }
    }
}
