package io.hallwatt.contract.yaml;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.hallwatt.contract.config.Choices;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.Nearest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping in a YAML file, read key by key. A key that is missing, of the wrong kind or out of range is noted as a fault with its line and column, and a
 * stand-in is given, so that reading goes on and all faults are found at once; whoever reads calls {@link Faults#throwIfAny} at the end. Keys that nobody
 * asked for are noted by {@link #noOthers}.
 */
public final class YamlSection {
    /** Plain words that some YAML reader takes for something else than text: the "Norway problem". */
    private static final Pattern AMBIGUOUS = Pattern.compile(
            "(?i)~|null|true|false|yes|no|on|off|y|n|[-+]?[0-9][0-9_]*(\\.[0-9_]*)?(e[-+]?[0-9]+)?|0x[0-9a-f]+|0o[0-7]+|[-+]?\\.(inf|nan)");

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][-+]?[0-9]{1,2})?");

    private final String owner;
    private final String path;
    private final YamlNode.Mapping mapping;
    private final Faults faults;
    private final Set<String> asked;

    YamlSection(String path, YamlNode.Mapping mapping, Faults faults) {
        this("", path, mapping, faults, new LinkedHashSet<>());
    }

    private YamlSection(String owner, String path, YamlNode.Mapping mapping, Faults faults, Set<String> asked) {
        this.owner = owner;
        this.path = path;
        this.mapping = mapping;
        this.faults = faults;
        this.asked = asked;
    }

    /**
     * The same section under the name of what it describes: its faults say {@code name: key}, in place of the path from the file's top, which nobody who
     * looks for an alert counts through.
     *
     * @param name empty where it could not be read: then the path stays
     */
    public YamlSection called(String name) {
        return name.isEmpty() ? this : new YamlSection(name + ": ", "", mapping, faults, asked);
    }

    private YamlSection within(String inner, YamlNode.Mapping of) {
        return new YamlSection(owner, inner, of, faults, new LinkedHashSet<>());
    }

    /** Where the section starts. */
    public int line() {
        return mapping.line();
    }

    public int column() {
        return mapping.column();
    }

    /** The keys, in the file's order. */
    public List<String> keys() {
        return List.copyOf(mapping.entries().keySet());
    }

    public boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /** Line of the key, or of the section where it is missing. */
    public int lineOf(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.line() : entry.line();
    }

    /** Line of the key's value; a block text's first line of text is the one after. */
    public int valueLineOf(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.line() : entry.value().line();
    }

    /** Column of the key's value. */
    public int valueColumnOf(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.column() : entry.value().column();
    }

    /** Notes a fault at the key's value, or at the section where it is missing. */
    @FormatMethod
    public void fault(String key, @FormatString String format, Object... arguments) {
        YamlNode.Entry entry = mapping.entries().get(key);
        String text = named(key) + ": " + String.format(format, arguments);
        if (entry == null) {
            faults.at(mapping.line(), mapping.column(), "%s", text);
        } else {
            faults.at(entry.value().line(), entry.value().column(), "%s", text);
        }
    }

    /** Notes a fault somewhere inside the key's value. */
    @FormatMethod
    public void faultAt(int line, int column, String key, @FormatString String format, Object... arguments) {
        faults.at(line, column, "%s: %s", named(key), String.format(format, arguments));
    }

    /** Text that must be there. */
    public String text(String key) {
        Optional<String> text = optionalText(key);
        if (text.isEmpty() && !has(key)) {
            missing(key);
        }
        return text.orElse("");
    }

    /** Text, taken literally: a plain word that YAML could take for a number or a truth value must be quoted. */
    public Optional<String> optionalText(String key) {
        YamlNode.Scalar scalar = scalar(key, "text");
        if (scalar == null) {
            return Optional.empty();
        }
        if (!scalar.quoted() && AMBIGUOUS.matcher(scalar.text()).matches()) {
            fault(
                    key,
                    "%s is text here, but YAML takes it for something else: write it in quotes, \"%s\"",
                    scalar.text(),
                    scalar.text());
        }
        return Optional.of(scalar.text());
    }

    /** Any scalar as it stands in the file, quoted or not; for values that are text and number alike. */
    public Optional<String> optionalScalar(String key) {
        YamlNode.Scalar scalar = scalar(key, "one value");
        return scalar == null ? Optional.empty() : Optional.of(scalar.text());
    }

    /**
     * A value of the key's own kind, by its text: {@code parse} throws IllegalArgumentException with a sentence where the text is none.
     *
     * @param standIn given where the key is missing or wrong
     */
    public <T> T parsed(String key, T standIn, Function<String, T> parse) {
        if (!has(key)) {
            asked.add(key);
            missing(key);
            return standIn;
        }
        return optionalParsed(key, parse).orElse(standIn);
    }

    public <T> Optional<T> optionalParsed(String key, Function<String, T> parse) {
        Optional<String> text = optionalText(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text.get()));
        } catch (IllegalArgumentException e) {
            fault(key, "%s", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** One of an enumeration's constants, {@linkplain Choices as people write them}. */
    public <E extends Enum<E>> Optional<E> optionalChoice(String key, Class<E> type) {
        Optional<String> text = optionalScalar(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<E> choice = Choices.read(type, text.get());
        if (choice.isEmpty()) {
            fault(key, "%s", Choices.none(type, text.get()));
        }
        return choice;
    }

    public <E extends Enum<E>> E choice(String key, Class<E> type, E standIn) {
        if (!has(key)) {
            asked.add(key);
            missing(key);
            return standIn;
        }
        return optionalChoice(key, type).orElse(standIn);
    }

    public double number(String key, double least, double most) {
        OptionalDouble number = optionalNumber(key, least, most);
        if (number.isEmpty() && !has(key)) {
            missing(key);
        }
        return number.orElse(least);
    }

    /** A number in [least, most]. */
    public OptionalDouble optionalNumber(String key, double least, double most) {
        BigDecimal number = decimal(key);
        if (number == null) {
            return OptionalDouble.empty();
        }
        double value = number.doubleValue();
        if (value < least || value > most) {
            fault(key, "%s is out of range: %s to %s", number.toString(), plain(least), plain(most));
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(value);
    }

    /** A number exactly as written. */
    public Optional<BigDecimal> optionalDecimal(String key) {
        return Optional.ofNullable(decimal(key));
    }

    public long integer(String key, long least, long most) {
        OptionalLong number = optionalInteger(key, least, most);
        if (number.isEmpty() && !has(key)) {
            missing(key);
        }
        return number.orElse(least);
    }

    /** A whole number in [least, most]. */
    public OptionalLong optionalInteger(String key, long least, long most) {
        BigDecimal number = decimal(key);
        if (number == null) {
            return OptionalLong.empty();
        }
        if (number.stripTrailingZeros().scale() > 0) {
            fault(key, "%s is no whole number", number.toString());
            return OptionalLong.empty();
        }
        if (number.compareTo(BigDecimal.valueOf(least)) < 0 || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            fault(key, "%s is out of range: %d to %d", number.toString(), least, most);
            return OptionalLong.empty();
        }
        return OptionalLong.of(number.longValueExact());
    }

    public Optional<Boolean> optionalTruth(String key) {
        YamlNode.Scalar scalar = scalar(key, "true or false");
        if (scalar == null) {
            return Optional.empty();
        }
        if (scalar.quoted() || !(scalar.text().equals("true") || scalar.text().equals("false"))) {
            fault(key, "\"%s\": write true or false", scalar.text());
            return Optional.empty();
        }
        return Optional.of(scalar.text().equals("true"));
    }

    /** A duration as {@link Durations} has it. */
    public Optional<Duration> optionalDuration(String key) {
        Optional<String> text = optionalScalar(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> duration = Durations.parse(text.get());
        if (duration.isEmpty()) {
            fault(key, "\"%s\" is no duration: write 500ms, 30s, 5m, 2h or 1d", text.get());
        }
        return duration;
    }

    /** A mapping under the key. */
    public Optional<YamlSection> optionalSection(String key) {
        asked.add(key);
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value() instanceof YamlNode.Mapping inner) {
            return Optional.of(within(pathOf(key), inner));
        }
        fault(key, "keys with values belong here (key: value)%s", deeper(entry));
        return Optional.empty();
    }

    /** What is meant to be in it stands beside it. */
    private static String deeper(YamlNode.Entry entry) {
        return entry.value() instanceof YamlNode.Scalar scalar && scalar.text().isEmpty() && !scalar.quoted()
                ? ", below it and indented deeper"
                : "";
    }

    /** The mappings in the list under the key; empty where the key is missing. */
    public List<YamlSection> sections(String key) {
        List<YamlSection> sections = new ArrayList<>();
        for (YamlNode item : items(key)) {
            if (item instanceof YamlNode.Mapping inner) {
                sections.add(within("%s[%d]".formatted(pathOf(key), sections.size()), inner));
            } else {
                faults.at(item.line(), item.column(), "%s: each item is a mapping (- key: value)", named(key));
            }
        }
        return sections;
    }

    /** A text in a list, and where it stands. */
    public record Item(String text, int line, int column) {}

    /** The texts in the list under the key; empty where the key is missing. */
    public List<String> texts(String key) {
        return textItems(key).stream().map(Item::text).toList();
    }

    /** The same with their places. */
    public List<Item> textItems(String key) {
        List<Item> texts = new ArrayList<>();
        for (YamlNode item : items(key)) {
            if (item instanceof YamlNode.Scalar scalar) {
                texts.add(new Item(scalar.text(), scalar.line(), scalar.column()));
            } else {
                faults.at(item.line(), item.column(), "%s: each item is one text", named(key));
            }
        }
        return texts;
    }

    /** Notes a fault of a text in the list under the key, at its place. */
    @FormatMethod
    public void fault(String key, Item item, @FormatString String format, Object... arguments) {
        faultAt(item.line(), item.column(), key, format, arguments);
    }

    /** Whether a list stands under the key. */
    public boolean isList(String key) {
        YamlNode.Entry entry = mapping.entries().get(key);
        return entry != null && entry.value() instanceof YamlNode.Sequence;
    }

    /** Every key with its scalar's text, in the file's order: for free maps such as labels. */
    public Map<String, String> scalars() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String key : keys()) {
            optionalScalar(key).ifPresent(text -> texts.put(key, text));
        }
        return Collections.unmodifiableMap(texts);
    }

    /** Notes each key that nobody asked for, with the nearest that somebody did. Call it when all is read. */
    public void noOthers() {
        noOthers("", Set.of());
    }

    /**
     * The same where it is nested in, or holds, sections with other keys, which a line may slip out of.
     *
     * @param elsewhere what those are: {@code a rule}
     */
    public void noOthers(String elsewhere, Set<String> theirKeys) {
        mapping.entries().forEach((key, entry) -> {
            if (!asked.contains(key)) {
                String hint = theirKeys.contains(key)
                        ? " here; it is one of %s: see to its indentation".formatted(elsewhere)
                        : known(key);
                faults.at(entry.line(), entry.column(), "%s: unknown key%s", named(key), hint);
            }
        });
    }

    private String known(String key) {
        String hint = Nearest.hint(key, asked);
        return hint.isEmpty() ? "; known here: " + String.join(", ", asked) : hint;
    }

    private List<YamlNode> items(String key) {
        asked.add(key);
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry == null) {
            return List.of();
        }
        if (entry.value() instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        fault(key, "a list belongs here (- item)%s", deeper(entry));
        return List.of();
    }

    private YamlNode.@Nullable Scalar scalar(String key, String what) {
        asked.add(key);
        YamlNode.Entry entry = mapping.entries().get(key);
        if (entry == null) {
            return null;
        }
        if (entry.value() instanceof YamlNode.Scalar scalar) {
            if (scalar.text().isEmpty() && !scalar.quoted()) {
                fault(key, "no value; give %s or leave the key out", what);
                return null;
            }
            return scalar;
        }
        fault(key, "%s belongs here, not a %s", what, entry.value() instanceof YamlNode.Sequence ? "list" : "mapping");
        return null;
    }

    private @Nullable BigDecimal decimal(String key) {
        YamlNode.Scalar scalar = scalar(key, "a number");
        if (scalar == null) {
            return null;
        }
        String text = scalar.text().replace("_", "");
        if (scalar.quoted() || !NUMBER.matcher(text).matches()) {
            fault(key, "\"%s\" is no number", scalar.text());
            return null;
        }
        BigDecimal number = new BigDecimal(text);
        if (number.signum() != 0 && Math.abs(number.precision() - number.scale()) > 30) {
            fault(key, "%s has an exponent beyond 30", scalar.text());
            return null;
        }
        return number;
    }

    private void missing(String key) {
        faults.at(mapping.line(), mapping.column(), "%s is missing", named(key));
    }

    private String named(String key) {
        return owner + pathOf(key);
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }
}
