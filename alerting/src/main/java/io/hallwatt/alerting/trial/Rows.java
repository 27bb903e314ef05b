package io.hallwatt.alerting.trial;

import io.hallwatt.alerting.evaluate.Sight;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The site that a test's series speak of, window by window, as aggregate would publish it: every hall and rack that any series names is there from the first
 * window to the last, so that one without a value is missing and not retired.
 */
final class Rows {
    /** A site of which no series speaks, where there is none at all: a watchdog has to stand somewhere. */
    private static final String NOWHERE = "test";

    private final RuleTest test;
    private final List<Row> rows = new ArrayList<>();

    Rows(RuleTest test) {
        this.test = test;
        TreeSet<String> sites = new TreeSet<>();
        Map<Hall, TreeSet<String>> racks = new TreeMap<>();
        for (SeriesName name : test.series().keySet()) {
            sites.add(name.site());
            if (!name.hall().isEmpty()) {
                TreeSet<String> inHall =
                        racks.computeIfAbsent(new Hall(name.site(), name.hall()), hall -> new TreeSet<>());
                if (!name.rack().isEmpty()) {
                    inHall.add(name.rack());
                }
            }
        }
        racks.forEach((hall, ids) -> {
            if (!ids.isEmpty()) {
                rows.add(new Row(Scope.RACK, hall.site(), hall.hall(), List.copyOf(ids)));
            }
            rows.add(new Row(Scope.HALL, hall.site(), hall.hall(), List.of("")));
        });
        if (sites.isEmpty()) {
            sites.add(NOWHERE);
        }
        sites.forEach(site -> rows.add(new Row(Scope.SITE, site, "", List.of(""))));
    }

    private record Hall(String site, String hall) implements Comparable<Hall> {
        @Override
        public int compareTo(Hall other) {
            int bySite = site.compareTo(other.site);
            return bySite != 0 ? bySite : hall.compareTo(other.hall);
        }
    }

    /** The windows that end at the instant, the shorter first. */
    List<Sight> ending(Instant end) {
        List<Sight> ending = new ArrayList<>();
        for (Resolution resolution : List.of(Resolution.SECOND, Resolution.MINUTE, Resolution.QUARTER)) {
            if (resolution.startMillis(end.toEpochMilli()) == end.toEpochMilli()) {
                Window window = new Window(end.minus(resolution.length()), resolution);
                rows.forEach(row -> ending.add(row.at(window)));
            }
        }
        return ending;
    }

    /** A site, a hall, or the racks of a hall. */
    private final class Row {
        private final Scope scope;
        private final String site;
        private final String hall;
        private final List<String> racks;
        private final List<Placed> series = new ArrayList<>();
        private final Metric completeness;

        Row(Scope scope, String site, String hall, List<String> racks) {
            this.scope = scope;
            this.site = site;
            this.hall = hall;
            this.racks = racks;
            this.completeness = switch (scope) {
                case RACK -> Metric.RACK_COMPLETENESS;
                case HALL -> Metric.HALL_COMPLETENESS;
                case SITE -> Metric.SITE_COMPLETENESS;
            };
            test.series().forEach((name, values) -> {
                if (name.metric().scope() == scope
                        && name.site().equals(site)
                        && name.hall().equals(hall)) {
                    series.add(new Placed(name.metric(), name.key(), racks.indexOf(name.rack()), values));
                }
            });
        }

        Sight at(Window window) {
            Duration since = Duration.between(Instant.EPOCH, window.end());
            Map<Metric, Map<String, double[]>> values = new EnumMap<>(Metric.class);
            for (Placed placed : series) {
                if (placed.metric().resolutions().contains(window.resolution())) {
                    values.computeIfAbsent(placed.metric(), metric -> new TreeMap<>())
                                    .computeIfAbsent(placed.key(), key -> unknown())[placed.index()] =
                            placed.values().at(since, test.interval());
                }
            }
            return Sight.of(scope, site, hall, window, racks, coverage(values), values);
        }

        private double[] unknown() {
            double[] values = new double[racks.size()];
            Arrays.fill(values, Double.NaN);
            return values;
        }

        /** Whole where no series says otherwise. */
        private List<Double> coverage(Map<Metric, Map<String, double[]>> values) {
            double[] said = values.getOrDefault(completeness, Map.of()).get("");
            return IntStream.range(0, racks.size())
                    .mapToObj(i -> said == null || Double.isNaN(said[i]) ? 1.0 : said[i])
                    .toList();
        }
    }

    /** A series and its place in the row's columns. */
    private record Placed(Metric metric, String key, int index, SeriesValues values) {}
}
