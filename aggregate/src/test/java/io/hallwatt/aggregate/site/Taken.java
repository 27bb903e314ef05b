package io.hallwatt.aggregate.site;

import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.SiteMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that a site closed; of each hour the newest revision. */
final class Taken implements SiteOutput {
    final List<SiteMetrics> metrics = new ArrayList<>();
    final List<Long> newest = new ArrayList<>();
    final Map<String, EnergyHour> hours = new HashMap<>();

    @Override
    public void site(SiteMetrics closed, long newestReading) {
        metrics.add(closed);
        newest.add(newestReading);
    }

    @Override
    public void hour(EnergyHour hour) {
        hours.put(hour.subject().text() + " " + hour.start(), hour);
    }

    long total() {
        return hours.values().stream()
                .mapToLong(EnergyHour::totalMilliwattHours)
                .sum();
    }
}
