package io.hallwatt.alerting.maintenance;

import io.hallwatt.alerting.expr.ExprFault;
import io.hallwatt.alerting.expr.LabelMatcher;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.yaml.Yaml;
import io.hallwatt.contract.yaml.YamlSection;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a maintenance file; faults are noted, not thrown. */
final class MaintenanceFile {
    private static final Pattern MATCHER =
            Pattern.compile("(?<label>[a-zA-Z_][a-zA-Z0-9_]*)(?<symbol>=~|!~|!=|=)\"(?<value>[^\"\\\\]*)\"");

    private final String text;
    private final Faults faults;
    private final Faults warnings;
    private final Set<String> alerts;
    private final @Nullable ZoneId site;
    private final Set<String> names = new HashSet<>();

    /**
     * @param warnings what may be read, and is hardly meant
     * @param alerts   names of the alerts that there are; none: not known
     * @param site     the site's zone; null: not known
     */
    MaintenanceFile(String text, Faults faults, Faults warnings, Set<String> alerts, @Nullable ZoneId site) {
        this.text = text;
        this.faults = faults;
        this.warnings = warnings;
        this.alerts = alerts;
        this.site = site;
    }

    Maintenance maintenance() {
        YamlSection top = Yaml.read(text, faults);
        if (top == null) {
            return Maintenance.NONE;
        }
        ZoneId zone = top.optionalParsed("zone", MaintenanceFile::zone).orElse(null);
        List<Maintenance.Window> windows =
                top.sections("windows").stream().map(this::window).toList();
        top.noOthers();
        if (windows.isEmpty() && faults.none()) {
            warnings.at(
                    top.valueLineOf("windows"),
                    top.valueColumnOf("windows"),
                    "warning: no windows: nothing is planned; list them under windows:, or leave --maintenance out");
        }
        Maintenance read = new Maintenance(zone, windows);
        if (site != null) {
            read.doubt(site)
                    .ifPresent(doubt ->
                            warnings.at(top.valueLineOf("zone"), top.valueColumnOf("zone"), "warning: %s", doubt));
        }
        return read;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is no time zone; give the site's, as Africa/Casablanca".formatted(name), e);
        }
    }

    private Maintenance.Window window(YamlSection unnamed) {
        String name = unnamed.text("name");
        YamlSection section = unnamed.called(name.isEmpty() ? "" : "window " + name);
        if (!names.add(name)) {
            section.fault("name", "\"%s\" stands twice: alerts are marked with it; give each its own", name);
        }
        String reason = section.text("reason");
        List<LabelMatcher> matchers = matchers(section);
        Span span = section.has("weekly") ? weekly(section) : once(section);
        section.noOthers();
        return new Maintenance.Window(name, reason, matchers, span);
    }

    private List<LabelMatcher> matchers(YamlSection section) {
        List<LabelMatcher> matchers = new ArrayList<>();
        List<YamlSection.Item> items = section.textItems("matchers");
        for (YamlSection.Item item : items) {
            Matcher parts = MATCHER.matcher(item.text());
            if (!parts.matches()) {
                section.fault(
                        "matchers",
                        item,
                        "\"%s\" is no matcher; write hall=\"h03\", or with !=, =~ or !~",
                        item.text());
                continue;
            }
            try {
                LabelMatcher matcher =
                        LabelMatcher.of(parts.group("label"), parts.group("symbol"), parts.group("value"), 0);
                matchers.add(matcher);
                doubt(section, item, matcher);
            } catch (ExprFault e) {
                section.fault("matchers", item, "%s", e.sentence());
            }
        }
        if (items.isEmpty()) {
            section.fault("matchers", "which alerts? Give at least one; alertname=~\".+\" is all of them");
        }
        return matchers;
    }

    /** Whoever misspells a name there is called in the middle of the work. */
    private void doubt(YamlSection section, YamlSection.Item item, LabelMatcher matcher) {
        if (matcher.label().equals("alertname")
                && !alerts.isEmpty()
                && alerts.stream().noneMatch(matcher::matches)) {
            warnings.at(
                    item.line(),
                    item.column(),
                    "warning: window %s: matchers: alertname \"%s\" is no alert of these rules, so that the window covers none%s",
                    section.text("name"),
                    matcher.value(),
                    Nearest.hint(matcher.value(), alerts));
        }
    }

    private static Span weekly(YamlSection section) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (YamlSection.Item day : section.textItems("weekly")) {
            try {
                days.add(DayOfWeek.valueOf(day.text().toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                section.fault("weekly", day, "\"%s\" is no day; write monday, tuesday …", day.text());
            }
        }
        return new Span.Weekly(
                days,
                section.parsed("from", LocalTime.MIN, MaintenanceFile::time),
                section.parsed("to", LocalTime.MIN, MaintenanceFile::time));
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is no time; write one of the site's clock, as \"02:00\"".formatted(text), e);
        }
    }

    private static Span once(YamlSection section) {
        LocalDateTime from = section.parsed("from", LocalDateTime.MIN, MaintenanceFile::dateTime);
        LocalDateTime to = section.parsed("to", LocalDateTime.MAX, MaintenanceFile::dateTime);
        if (!to.isAfter(from)) {
            section.fault("to", "%s is not after from, %s", to, from);
        }
        return new Span.Once(from, to);
    }

    private static LocalDateTime dateTime(String text) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is no date and time; write one of the site's clock, as 2026-12-05T22:00, or say weekly: [saturday]"
                            .formatted(text),
                    e);
        }
    }
}
