package io.hallwatt.app.config;

import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.config.TextFile;
import io.hallwatt.contract.yaml.Yaml;
import io.hallwatt.contract.yaml.YamlSection;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file, read strictly. At its top stand options by their long names ({@code bootstrap-servers: kafka:9092}); a section for each stage holds the
 * stage's settings; the section {@code kafka} holds client properties.
 */
public final class ConfigFile {
    /** No file given. */
    public static final ConfigFile NONE = new ConfigFile("", new Faults(""), null);

    static final List<String> SECTIONS = List.of("kafka", "ingest", "aggregate", "alerting");

    private final String name;
    private final Faults faults;
    private final @Nullable YamlSection top;

    private ConfigFile(String name, Faults faults, @Nullable YamlSection top) {
        this.name = name;
        this.faults = faults;
        this.top = top;
    }

    /**
     * Reads the file; what it says is checked as it is asked for.
     *
     * @throws InvalidInput if it cannot be read or is no YAML
     */
    public static ConfigFile read(Path file) {
        Faults faults = new Faults(file.toString());
        YamlSection top = Yaml.read(text(file, "configuration", "--config"), faults);
        faults.throwIfAny();
        return new ConfigFile(file.toString(), faults, top);
    }

    /**
     * The text of a file that a person named.
     *
     * @param what   what it should be: {@code site}
     * @param option what names it: {@code --site}
     * @throws InvalidInput if it cannot be read
     */
    public static String text(Path file, String what, String option) {
        return TextFile.read(file, what, option);
    }

    /** The texts of an option that may be given several times: one, or a list of them, with commas between. */
    public Optional<String> options(String name) {
        return top != null && top.isList(name) ? Optional.of(String.join(",", top.texts(name))) : option(name);
    }

    /** An option's text at the top of the file. */
    public Optional<String> option(String name) {
        return top == null || !top.has(name) ? Optional.empty() : top.optionalScalar(name);
    }

    /** A stage's section; its keys are checked by whoever reads it. */
    public Optional<YamlSection> section(String name) {
        return top == null ? Optional.empty() : top.optionalSection(name);
    }

    /** Kafka client properties, as they stand. */
    public Map<String, String> kafka() {
        return section("kafka").map(YamlSection::scalars).orElseGet(Map::of);
    }

    /** What faults' lines start with. */
    public String name() {
        return name;
    }

    /** Where the file's own faults are noted. */
    public Faults faults() {
        return faults;
    }

    /** What stands at the top, in the file's order. */
    List<String> keys() {
        return top == null ? List.of() : top.keys();
    }

    /** Notes a key that nobody knows. */
    void unknown(String key, Collection<String> known) {
        if (top != null) {
            faults.at(
                    top.lineOf(key),
                    top.column(),
                    "%s: no option of hallwatt and no section%s",
                    key,
                    Nearest.hint(key, known));
        }
    }

    /** Notes a value that the option of that name would not take. */
    void wrong(String key, String what) {
        if (top != null) {
            top.fault(key, "%s", what);
        }
    }
}
