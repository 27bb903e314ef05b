package io.hallwatt.ingest.replay;

import io.hallwatt.contract.Ids;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.config.TextFile;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.yaml.Yaml;
import io.hallwatt.contract.yaml.YamlSection;
import io.hallwatt.ingest.replay.Mapping.Format;
import io.hallwatt.ingest.replay.Mapping.Meaning;
import io.hallwatt.ingest.replay.Mapping.Order;
import io.hallwatt.ingest.replay.Mapping.Shape;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a mapping file; {@code examples/real-pair/} and {@code examples/made-up-pair/} show its keys. */
final class MappingYaml {
    private static final int MOST_ROWS = 1_000_000;
    private static final long MOST_ROWS_AT_ALL = 20_000_000;

    private final YamlSection top;
    private final Site site;

    private MappingYaml(YamlSection top, Site site) {
        this.top = top;
        this.site = site;
    }

    static Mapping read(Path file, Site site) {
        Faults faults = new Faults(file.toString());
        YamlSection top = Yaml.read(TextFile.read(file, "mapping", "--mapping"), faults);
        faults.throwIfAny();
        if (top == null) {
            throw new InvalidInput(file + ":1:1: unreadable");
        }
        Mapping mapping = new MappingYaml(top, site).mapping(file);
        faults.throwIfAny();
        return mapping;
    }

    private Mapping mapping(Path file) {
        Path data = top.parsed("file", Path.of("data"), MappingYaml::path);
        Shape shape = shape();
        Meaning meaning = meaning();
        top.noOthers();
        return new Mapping(file, data, false, shape, meaning);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"%s\" is no path".formatted(text), e);
        }
    }

    private Shape shape() {
        Format format = top.choice("format", Format.class, Format.CSV);
        char delimiter =
                top.optionalParsed("delimiter", MappingYaml::delimiter).orElse(format == Format.TSV ? '\t' : ',');
        boolean quoted = top.optionalTruth("quoted").orElse(format == Format.CSV);
        List<String> columnNames = top.texts("column-names");
        int columnCount = (int) top.optionalInteger("column-count", 1, 10_000).orElse(0);
        if (format == Format.JSONL) {
            for (String key : List.of("delimiter", "quoted", "column-names", "column-count")) {
                if (top.has(key)) {
                    top.fault(key, "lines of JSON have none; leave it out");
                }
            }
        } else if (!columnNames.isEmpty() && columnCount > 0 && columnNames.size() != columnCount) {
            top.fault("column-count", "%d, but column-names has %d; leave it out", columnCount, columnNames.size());
        }
        Map<String, String> notData = new HashMap<>();
        for (YamlSection row : top.sections("not-data")) {
            notData.put(row.text("column"), row.text("is"));
            row.noOthers();
        }
        return new Shape(
                format,
                delimiter,
                quoted,
                columnNames,
                columnNames.isEmpty() ? columnCount : columnNames.size(),
                Set.copyOf(top.texts("missing")),
                top.optionalTruth("decimal-comma").orElse(false),
                notData);
    }

    private static char delimiter(String text) {
        if (text.equals("tab")) {
            return '\t';
        }
        if (text.length() != 1 || text.equals("\"") || Character.isLetterOrDigit(text.charAt(0))) {
            throw new IllegalArgumentException(
                    "\"%s\": write one character, as \",\" or \";\", or tab".formatted(text));
        }
        return text.charAt(0);
    }

    private Meaning meaning() {
        Order order = top.optionalChoice("order", Order.class).orElse(Order.ASCENDING);
        int mostRows =
                (int) top.optionalInteger("most-rows", 1, MOST_ROWS_AT_ALL).orElse(MOST_ROWS);
        RowTime time = new RowTime("", 0, RowTime.ISO, null, RowTime.Overlap.EARLIER, Duration.ZERO);
        Duration interval = null;
        boolean statesEnd = false;
        YamlSection section = top.optionalSection("time").orElse(null);
        if (section == null) {
            if (!top.has("time")) {
                top.fault("time", "is missing; say which column is the row's time");
            }
        } else {
            time = time(section);
            interval = section.optionalDuration("interval").orElse(null);
            statesEnd =
                    section.optionalChoice("states", IntervalEdge.class).orElse(IntervalEdge.START) == IntervalEdge.END;
            if (interval != null && interval.isZero()) {
                section.fault("interval", "0s; give more, as 1h, or leave it out");
            }
            if (interval == null && section.has("states") && !section.has("interval")) {
                section.fault("states", "start or end of what? Give interval too");
            }
            section.noOthers();
        }
        List<ReadingMapping> readings = new ArrayList<>();
        for (YamlSection reading : top.sections("readings")) {
            ReadingMapping mapped = reading(reading, interval);
            for (ReadingMapping other : readings) {
                if (other.device().equals(mapped.device()) && Objects.equals(other.hall(), mapped.hall())) {
                    reading.fault(mapped.kind().key(), "has a reading above; put its values there");
                }
            }
            readings.add(mapped);
        }
        if (readings.isEmpty() && !top.has("readings")) {
            top.fault("readings", "is missing; say what a row's columns mean");
        }
        return new Meaning(order, mostRows, time, interval, statesEnd, readings);
    }

    /** Which edge of its interval a row's time is. */
    enum IntervalEdge {
        START,
        END
    }

    /** Forms of times that are no pattern. */
    enum NamedForm {
        ISO,
        EPOCH_SECONDS,
        EPOCH_MILLISECONDS
    }

    private static RowTime time(YamlSection section) {
        String column = section.text("column");
        int first = (int) section.optionalInteger("first-characters", 1, 1000).orElse(0);
        NamedForm named = section.optionalChoice("format", NamedForm.class).orElse(NamedForm.ISO);
        RowTime.Form form = section.optionalParsed("pattern", RowTime::pattern).orElseGet(() -> switch (named) {
            case ISO -> RowTime.ISO;
            case EPOCH_SECONDS -> new RowTime.Form.Epoch(1_000);
            case EPOCH_MILLISECONDS -> new RowTime.Form.Epoch(1);
        });
        if (section.has("pattern") && section.has("format")) {
            section.fault("format", "pattern says it already; leave one of them");
        }
        @Nullable
        ZoneId zone = section.optionalParsed("zone", MappingYaml::zone).orElse(null);
        if (zone == null
                && !section.has("zone")
                && form instanceof RowTime.Form.Pattern pattern
                && localOnly(pattern.text())) {
            section.fault("zone", "is missing: the pattern has no offset; give zone, as America/New_York or UTC");
        }
        RowTime.Overlap overlap =
                section.optionalChoice("overlap", RowTime.Overlap.class).orElse(RowTime.Overlap.EARLIER);
        if (zone != null && !zone.getRules().isFixedOffset() && !section.has("overlap")) {
            section.fault(
                    "overlap",
                    "is missing: clocks of %s are set back, and show an hour twice; say which is meant, earlier or later",
                    zone.getId());
        }
        Duration shift = section.optionalParsed("shift", MappingYaml::shift).orElse(Duration.ZERO);
        return new RowTime(column, first, form, zone, overlap, shift);
    }

    private static boolean localOnly(String pattern) {
        return !pattern.startsWith("ISO")
                && pattern.replaceAll("'[^']*'", "").chars().noneMatch(c -> "XxZO".indexOf(c) >= 0);
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is no time zone%s; write it as America/New_York or UTC"
                            .formatted(text, Nearest.hint(text, ZoneOffset.getAvailableZoneIds())),
                    e);
        }
    }

    private static Duration shift(String text) {
        boolean back = text.startsWith("-");
        Duration shift = Durations.parse(back || text.startsWith("+") ? text.substring(1) : text)
                .orElseThrow(
                        () -> new IllegalArgumentException("\"%s\" is no shift: write +730d, -1h".formatted(text)));
        return back ? shift.negated() : shift;
    }

    private ReadingMapping reading(YamlSection section, @Nullable Duration interval) {
        DeviceKind kind = kind(section);
        ReadingMapping.@Nullable Id hall = kind.inHall() ? id(section, "hall") : null;
        ReadingMapping.Id device = id(section, kind.key());
        new KnownDevices(site).check(section, kind, hall, device);
        Map<String, Quantity> quantities = new HashMap<>();
        YamlSection values = section.optionalSection("values").orElse(null);
        if (values != null) {
            kind.quantities()
                    .forEach((name, units) -> values.optionalSection(name)
                            .ifPresent(value -> quantities.put(name, QuantityYaml.read(value, units))));
            if (kind == DeviceKind.RACK) {
                QuantityYaml.requireWholePhases(values);
            }
            if (values.has(DeviceKind.ENERGY) && interval == null) {
                values.fault(DeviceKind.ENERGY, "of which span? Give time.interval, as 1h");
            }
            values.noOthers();
        }
        String state =
                kind == DeviceKind.UNIT ? section.optionalText("state-column").orElse(null) : null;
        if (quantities.isEmpty()
                && state == null
                && (values == null || values.keys().isEmpty())) {
            section.fault(
                    "values",
                    "nothing is read; give at least one of %s",
                    String.join(", ", kind.quantities().keySet()));
        }
        section.noOthers();
        return new ReadingMapping(kind, hall, device, quantities, state);
    }

    private static DeviceKind kind(YamlSection section) {
        List<DeviceKind> kinds = new ArrayList<>();
        for (DeviceKind kind : DeviceKind.values()) {
            if (section.has(kind.key()) || section.has(kind.key() + "-column")) {
                kinds.add(kind);
            }
        }
        if (kinds.size() != 1) {
            section.fault(
                    kinds.isEmpty() ? "device" : kinds.get(1).key(),
                    "a reading is of one device: give rack and hall, or unit and hall, or source (or rack-column …)");
        }
        return kinds.isEmpty() ? DeviceKind.SOURCE : kinds.get(0);
    }

    private static ReadingMapping.Id id(YamlSection section, String key) {
        String byColumn = key + "-column";
        if (section.has(byColumn)) {
            if (section.has(key)) {
                section.fault(byColumn, "%s says it already; leave one of them", key);
            }
            return new ReadingMapping.Id.Column(section.text(byColumn));
        }
        String text = section.optionalText(key).orElse("");
        if (!section.has(key)) {
            section.fault(key, "is missing; give %s or %s", key, byColumn);
        } else if (!Ids.valid(text)) {
            section.fault(key, "\"%s\" is no id: %s", Shown.cut(text), Ids.RULE);
        }
        return new ReadingMapping.Id.Constant(text);
    }
}
