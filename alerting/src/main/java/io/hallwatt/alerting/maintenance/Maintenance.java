package io.hallwatt.alerting.maintenance;

import io.hallwatt.alerting.expr.LabelMatcher;
import io.hallwatt.contract.config.InvalidInput;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All planned work of a site.
 *
 * @param zone that the windows' times are in; absent where that is the site's own
 */
public record Maintenance(@Nullable ZoneId zone, List<Window> windows) {
    public static final Maintenance NONE = new Maintenance(null, List.of());

    public Maintenance {
        windows = List.copyOf(windows);
    }

    /**
     * One time of work.
     *
     * @param reason   for people
     * @param matchers all of them must hold for an alert to be part of it; at least one
     */
    public record Window(String name, String reason, List<LabelMatcher> matchers, Span span) {
        public Window {
            matchers = List.copyOf(matchers);
        }

        private boolean covers(Map<String, String> labels) {
            return matchers.stream().allMatch(matcher -> matcher.matches(labels.getOrDefault(matcher.label(), "")));
        }
    }

    /**
     * Reads a maintenance file.
     *
     * @param file its name, for messages
     * @throws InvalidInput with all faults, {@code file:line:column: what, remedy} each
     */
    public static Maintenance read(String file, String text) {
        MaintenanceCheck check = MaintenanceCheck.of(file, text, Set.of(), null);
        if (!check.faults().isEmpty()) {
            throw new InvalidInput(check.faults());
        }
        return check.maintenance();
    }

    /** The same by the clock of a site in that zone, where it names none of its own. */
    public Maintenance at(@Nullable ZoneId site) {
        return zone != null || site == null || windows.isEmpty() ? this : new Maintenance(site, windows);
    }

    /** Whether it says nothing of when it is without a site's zone. */
    public boolean needsZone() {
        return zone == null && !windows.isEmpty();
    }

    /** What is odd about its zone at a site of that zone; empty where nothing is. */
    public Optional<String> doubt(ZoneId site) {
        return zone == null || zone.getRules().equals(site.getRules())
                ? Optional.empty()
                : Optional.of(
                        "zone is %s, and the site's is %s: work is taken for planned at %s's hours; leave zone out to take the site's"
                                .formatted(zone, site, zone));
    }

    /** In UTC where nothing says which zone. Name of the window that an alert with these labels is in; of several the first. */
    public Optional<String> during(Map<String, String> labels, Instant at) {
        return windows.stream()
                .filter(window ->
                        window.covers(labels) && window.span().contains(at, zone == null ? ZoneOffset.UTC : zone))
                .map(Window::name)
                .findFirst();
    }
}
