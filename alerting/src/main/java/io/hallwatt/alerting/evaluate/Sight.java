package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.SiteMetrics;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One closed window of a site, of a hall, or of all racks of a hall, as rules see it: values in Prometheus's base units. */
public sealed interface Sight permits FrameSight, QuantitiesSight, SeriesSight {
    static Sight of(HallMetrics hall) {
        return new QuantitiesSight(
                Scope.HALL,
                hall.key().toString(),
                hall.site().text(),
                hall.hall().text(),
                hall.window(),
                hall.revision(),
                hall.completeness(),
                hall.quantities());
    }

    static Sight of(SiteMetrics site) {
        return new QuantitiesSight(
                Scope.SITE,
                site.site().text(),
                site.site().text(),
                "",
                site.window(),
                site.revision(),
                site.completeness(),
                site.quantities());
    }

    static Sight of(RackFrame racks) {
        return new FrameSight(racks, racks.key().toString());
    }

    /**
     * A window made of series, as unit tests of rules give them.
     *
     * @param racks    ids; one empty id where a hall or the site itself is seen
     * @param coverage for each rack
     * @param series   by metric and key, a value for each rack, in Prometheus's base units; NaN where there is none
     */
    static Sight of(
            Scope scope,
            String site,
            String hall,
            Window window,
            List<String> racks,
            List<Double> coverage,
            Map<Metric, Map<String, double[]>> series) {
        return new SeriesSight(scope, site, hall, window, racks, coverage, series);
    }

    Scope scope();

    String site();

    /** Empty where the site itself is seen. */
    String hall();

    Window window();

    /** 0 when the window is first closed, one more each time that it is published again. */
    default int revision() {
        return 0;
    }

    /** Racks in the frame; 1 where a hall or the site itself is seen. */
    int size();

    /** The rack's id; empty where a hall or the site itself is seen. */
    String rack(int index);

    /** Part of the window for which the rack's (hall's, site's) power is known, 0 to 1; 0 where that is not said. */
    double coverage(int index);

    /**
     * Shows every series of the metric that there is, those without a value too. Allocates nothing a rack.
     */
    void each(Metric metric, Look look);

    /** Adds what the metric's series are told apart by: {@code A/L1}. Of a metric without dimensions this is {@code ""}, whether it has a value or not. */
    void keys(Metric metric, Set<String> into);

    /**
     * The values of one series for all racks, in Prometheus's base unit; NaN where not known. To be kept, not to be changed. Null where there is no such
     * series.
     */
    double @Nullable [] column(Metric metric, String key);

    /**
     * The same into an array that is there.
     *
     * @param into at least as long as {@link #size()}
     * @return whether there is such a series
     */
    boolean fill(Metric metric, String key, double[] into);

    /** Whether some value of the metric is known in part only: spread over a gap, or without devices that are silent. */
    default boolean estimated(Metric metric) {
        return false;
    }

    /** What the rows are called: windows of one row follow each other. Asked for by every rule. */
    default String row() {
        return hall().isEmpty() ? site() : site() + "/" + hall();
    }

    /** Sees one series. */
    interface Look {
        /**
         * @param index of the rack in the frame; 0 where a hall or the site itself is seen
         * @param key   the metric's dimensions, as {@code A/L1}; empty where it has none
         * @param value in Prometheus's base unit; NaN where it is not known
         */
        void at(int index, String key, double value);
    }
}
