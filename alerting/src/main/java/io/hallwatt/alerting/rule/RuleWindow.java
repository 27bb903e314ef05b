package io.hallwatt.alerting.rule;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.expr.Formula;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.yaml.YamlSection;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which windows a rule is evaluated on, and how far back it can look over them. */
final class RuleWindow {
    /** Windows that a range over racks may hold: 8 bytes each, for every rack; 10 minutes of seconds over 8,000 racks are 38 MB. */
    private static final long MOST_OF_RACKS = 600;

    /** Of halls and sites there are few. */
    private static final long MOST = 3_600;

    private RuleWindow() {}

    /**
     * What {@code window} says, else the shortest windows that all the rule's metrics exist for.
     *
     * @param condition null where the expression could not be read
     */
    static Resolution of(YamlSection section, @Nullable Condition condition) {
        Optional<Resolution> given = section.optionalParsed("window", Resolution::of);
        if (condition == null) {
            return Resolution.SECOND;
        }
        List<Metric> metrics = condition.metrics();
        Set<Resolution> shared = choices(condition);
        if (shared.isEmpty()) {
            section.fault("expr", "no windows have all its metrics: %s; write a rule for each", each(metrics));
            return Resolution.SECOND;
        }
        Resolution finest = Collections.min(shared);
        if (given.isPresent() && !shared.contains(given.get())) {
            section.fault(
                    "window",
                    "there are no windows of %s with what the rule looks at, only of %s",
                    given.get().text(),
                    texts(shared));
            return finest;
        }
        return given.orElse(finest);
    }

    /** Windows that all the metrics exist for. */
    static Set<Resolution> choices(Condition condition) {
        Set<Resolution> shared = EnumSet.of(Resolution.SECOND, Resolution.MINUTE, Resolution.QUARTER);
        condition.metrics().forEach(metric -> shared.retainAll(metric.resolutions()));
        return shared;
    }

    /** Why a range cannot be had over such windows. */
    static Optional<String> faultOf(Formula.Over over, Resolution resolution) {
        long windows = over.range().toMillis() / resolution.millis();
        boolean racks = over.of().metric().scope() == Scope.RACK;
        long most = racks ? MOST_OF_RACKS : MOST;
        String range = Durations.format(over.range());
        if (windows > most) {
            return Optional.of("a range of %s is %,d windows of %s for each %s; at most %,d are kept: shorten it%s"
                    .formatted(
                            range,
                            windows,
                            resolution.text(),
                            racks ? "rack" : "series",
                            most,
                            over.of().metric().resolutions().stream()
                                    .filter(longer -> over.range().toMillis() / longer.millis() <= most)
                                    .findFirst()
                                    .map(longer -> ", or give the rule window: " + longer.text())
                                    .orElse("")));
        }
        int least = over.function().leastValues();
        if (windows < least - 1 || (windows == least - 1 && over.range().toMillis() % resolution.millis() == 0)) {
            return Optional.of("a range of %s holds fewer than the %d windows of %s that %s(…) needs: make it longer"
                    .formatted(range, least, resolution.text(), over.function().text()));
        }
        return Optional.empty();
    }

    private static String each(List<Metric> metrics) {
        return metrics.stream()
                .map(metric -> metric.prometheusName() + " has " + texts(metric.resolutions()))
                .collect(Collectors.joining(", "));
    }

    private static String texts(Collection<Resolution> resolutions) {
        return resolutions.stream().map(Resolution::text).collect(Collectors.joining(", "));
    }
}
