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

/**
 * All planned work of a site.
 *
 * @param zone that the windows' times are in: the site's
 */
public record Maintenance(ZoneId zone, List<Window> windows) {
    public static final Maintenance NONE = new Maintenance(ZoneOffset.UTC, List.of());

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
        MaintenanceCheck check = MaintenanceCheck.of(file, text, Set.of());
        if (!check.faults().isEmpty()) {
            throw new InvalidInput(check.faults());
        }
        return check.maintenance();
    }

    /** Name of the window that an alert with these labels is in; of several the first. */
    public Optional<String> during(Map<String, String> labels, Instant at) {
        return windows.stream()
                .filter(window -> window.covers(labels) && window.span().contains(at, zone))
                .map(Window::name)
                .findFirst();
    }
}
