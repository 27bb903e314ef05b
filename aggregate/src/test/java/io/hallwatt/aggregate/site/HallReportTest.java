package io.hallwatt.aggregate.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject.HallIt;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.site.Sites;
import io.hallwatt.contract.wire.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleFunction;
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
    void a_closed_window_comes_with_all_that_its_site_adds_up() {
        HallMetrics measured = metrics(Quantity::measured);
        HallMetrics estimated = metrics(value -> new Quantity.Estimated(value, null));
        HallMetrics unknown = metrics(value -> Quantity.unknown(Reason.NO_READINGS));

        for (HallMetrics all : List.of(measured, estimated, unknown)) {
            HallMetrics some = HallReport.Closed.of(all).metrics();
            assertThat(added(some)).isEqualTo(added(all));
            assertThat(some.quantities().entries())
                    .hasSizeLessThan(all.quantities().entries().size() / 2);
        }
    }

    /** Every metric of a hall that has no dimensions, each with another value, below one for what is a part of something. */
    private static HallMetrics metrics(DoubleFunction<Quantity> quantity) {
        Quantities.Builder all = Quantities.builder();
        double value = 0.5;
        for (Metric metric : Metric.values()) {
            if (metric.scope() == Scope.HALL && metric.dimensions().isEmpty()) {
                value += 0.007;
                all.put(metric, quantity.apply(value));
            }
        }
        return new HallMetrics(SITE, HALL, new Window(Instant.EPOCH, Resolution.SECOND), 0, 0.9, all.build());
    }

    private static byte[] added(HallMetrics metrics) {
        SiteWindow window = new SiteWindow();
        window.add(metrics, Sites.small().halls().getFirst());
        StateWriter out = new StateWriter(1);
        window.write(out);
        return out.toBytes();
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
