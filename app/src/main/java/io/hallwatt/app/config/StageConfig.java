package io.hallwatt.app.config;

import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.config.Secret;
import io.hallwatt.contract.config.TextFile;
import io.hallwatt.contract.yaml.YamlSection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills a stage's configuration record: each component from {@code --set stage.key=value}, else from the environment's {@code HALLWATT_STAGE_KEY}, else from the
 * file's section, else from the record's defaults.
 */
public final class StageConfig {
    /** After a secret's key: of the file that it is in. */
    private static final String FILE = "-file";

    private final ConfigFile file;
    private final Map<String, String> environment;
    private final Map<String, String> set;

    /** @param set {@code aggregate.grace} → {@code 5s} */
    public StageConfig(ConfigFile file, Map<String, String> environment, Map<String, String> set) {
        this.file = file;
        this.environment = environment;
        this.set = set;
    }

    /**
     * The stage's record.
     *
     * @throws InvalidInput with every value that is not of its component's form, and with what the records themselves refuse
     */
    public <R extends Record> R of(String stage, R defaults) {
        List<String> faults = new ArrayList<>();
        R record = fill(stage, file.section(stage), defaults, faults);
        faults.addAll(file.faults().list());
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return record;
    }

    /**
     * @param path {@code alerting}, {@code alerting.alertmanager} …
     * @return the defaults where there are faults, so that the others are found, too
     */
    private <R extends Record> R fill(String path, Optional<YamlSection> section, R defaults, List<String> faults) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(path, components[i], section, read(defaults, components[i]), faults);
        }
        section.ifPresent(YamlSection::noOthers);
        try {
            return create(defaults, components, values);
        } catch (InvalidInput refused) {
            refused.faults().forEach(fault -> faults.add(placed(fault, path, section)));
            return defaults;
        }
    }

    /**
     * Checks that every {@code --set} names a setting of one of the stages.
     *
     * @throws InvalidInput with the nearest name for each that does not
     */
    public void check(Map<String, ? extends Record> defaultsByStage) {
        List<String> known = new ArrayList<>();
        defaultsByStage.forEach((stage, defaults) -> collect(stage, defaults.getClass(), set.keySet(), known));
        List<String> faults = set.keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .map(key -> "--set %s: unknown setting%s".formatted(key, hint(key, known)))
                .toList();
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
    }

    /** @param given keys, for the names that sections by name have in them */
    private static void collect(String path, Class<?> record, Set<String> given, List<String> known) {
        for (RecordComponent component : record.getRecordComponents()) {
            String key = path + "." + SettingNames.dashed(component.getName());
            if (component.getType().isRecord()) {
                collect(key, component.getType(), given, known);
            } else if (component.getType() == Secret.class) {
                known.add(key + FILE);
            } else if (component.getType() == Map.class) {
                for (String name : names(key, given)) {
                    collect(key + "." + name, argument(component, 1), given, known);
                }
            } else {
                known.add(key);
            }
        }
    }

    /** Of the sections by name below a path, those that keys are of. */
    private static Set<String> names(String path, Set<String> keys) {
        return keys.stream()
                .filter(key -> key.startsWith(path + "."))
                .map(key -> key.substring(path.length() + 1))
                .filter(rest -> rest.indexOf('.') > 0)
                .map(rest -> rest.substring(0, rest.indexOf('.')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private @Nullable Object value(
            String path,
            RecordComponent component,
            Optional<YamlSection> section,
            @Nullable Object standing,
            List<String> faults) {
        String key = SettingNames.dashed(component.getName());
        Class<?> type = component.getType();
        if (standing instanceof Record inner) {
            return fill(path + "." + key, section.flatMap(s -> s.optionalSection(key)), inner, faults);
        }
        if (type == Map.class) {
            return byName(path + "." + key, component, section.flatMap(s -> s.optionalSection(key)), faults);
        }
        if (type == List.class) {
            return list(path, component, section, faults).orElse((List<?>) standing);
        }
        if (type == Secret.class) {
            return secret(path, key, section, faults).map(Object.class::cast).orElse(standing);
        }
        return given(path, key, section)
                .flatMap(given -> parsed(given, type, faults))
                .orElse(standing);
    }

    private static Optional<Object> parsed(Given given, Class<?> type, List<String> faults) {
        Optional<Object> parsed = SettingForm.parse(type, given.text());
        if (parsed.isEmpty()) {
            faults.add("%s is \"%s\"; give %s".formatted(given.where(), given.text(), SettingForm.of(type)));
        }
        return parsed;
    }

    /** Sections that the file or a flag gives names of its own, all of one record, which has its defaults in {@code DEFAULTS}. */
    private Map<String, Record> byName(
            String path, RecordComponent component, Optional<YamlSection> section, List<String> faults) {
        Set<String> names = names(path, set.keySet());
        section.ifPresent(named -> names.addAll(named.keys()));
        Map<String, Record> records = new LinkedHashMap<>();
        for (String name : names) {
            Record defaults = defaults(argument(component, 1));
            Optional<YamlSection> inFile = section.flatMap(named -> named.optionalSection(name));
            records.put(name, fill(path + "." + name, inFile, defaults, faults));
        }
        return records;
    }

    /** In a file a list or one text, elsewhere a text; in a text with commas between. */
    private Optional<List<?>> list(
            String path, RecordComponent component, Optional<YamlSection> section, List<String> faults) {
        String key = SettingNames.dashed(component.getName());
        Optional<YamlSection> listed = section.filter(s -> s.isList(key));
        List<Given> given = listed.map(s -> s.texts(key).stream()
                        .map(text -> new Given("%s:%d: %s".formatted(file.name(), s.valueLineOf(key), key), text))
                        .toList())
                .orElse(List.of());
        List<Given> first = given(path, key, listed.isPresent() ? Optional.empty() : section)
                .map(one -> Stream.of(one.text().split(",", -1))
                        .map(text -> new Given(one.where(), text.strip()))
                        .toList())
                .orElse(given);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Class<?> type = argument(component, 0);
        return Optional.of(first.stream()
                .flatMap(one -> parsed(one, type, faults).stream())
                .toList());
    }

    /** From the environment, or from a file that environment, configuration or flag names; nowhere where others can read it. */
    private Optional<Secret> secret(String path, String key, Optional<YamlSection> section, List<String> faults) {
        String variable = SettingNames.environment(path, key);
        section.flatMap(s -> inFile(s, key))
                .ifPresent(given -> faults.add(
                        "%s: a secret does not belong in this file; put it in one of its own and name that by %s%s, or set %s"
                                .formatted(given.where(), key, FILE, variable)));
        Optional<String> inEnvironment = Optional.ofNullable(environment.get(variable));
        Optional<String> inItsFile = given(path, key + FILE, section).flatMap(given -> {
            try {
                return Optional.of(TextFile.read(Path.of(given.text()), "secret", given.where()));
            } catch (InvalidInput e) {
                faults.addAll(e.faults());
                return Optional.empty();
            }
        });
        return inEnvironment.or(() -> inItsFile).map(text -> new Secret(text.strip()));
    }

    private static Class<?> argument(RecordComponent component, int number) {
        return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[number];
    }

    private static Record defaults(Class<?> record) {
        try {
            return (Record) Objects.requireNonNull(record.getField("DEFAULTS").get(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("%s has no public DEFAULTS".formatted(record), e);
        }
    }

    /** A value that somebody gave, and where. */
    private record Given(String where, String text) {}

    private Optional<Given> given(String stage, String key, Optional<YamlSection> section) {
        Optional<Given> inFile =
                section.flatMap(s -> inFile(s, key)); // asked in any case, so that the key is known there
        String variable = SettingNames.environment(stage, key);
        String flag = stage + "." + key;
        return Optional.ofNullable(set.get(flag))
                .map(text -> new Given("--set " + flag, text))
                .or(() -> Optional.ofNullable(environment.get(variable)).map(text -> new Given(variable, text)))
                .or(() -> inFile);
    }

    private Optional<Given> inFile(YamlSection section, String key) {
        return section.optionalScalar(key)
                .map(text -> new Given("%s:%d: %s".formatted(file.name(), section.valueLineOf(key), key), text));
    }

    /** The nearest name; where the stage was left out, those of the key in each stage; else where all stand. */
    private static String hint(String key, List<String> known) {
        Optional<String> nearest = Nearest.to(key, known)
                .or(() ->
                        known.stream().filter(name -> name.endsWith("." + key)).findFirst());
        return nearest.map("; did you mean \"%s\"?"::formatted)
                .orElse("; give STAGE.KEY=VALUE: docs/reference/settings.md has all of them");
    }

    /** What the record itself refuses starts with its key: where that stands in the file, with its line. */
    private String placed(String fault, String stage, Optional<YamlSection> section) {
        String key = fault.replaceFirst("^[^ ]*: ", "").replaceFirst(" .*", "");
        boolean list = section.filter(s -> s.isList(key)).isPresent();
        Optional<Given> inFile = list ? Optional.empty() : section.flatMap(s -> inFile(s, key));
        boolean fromFile = list
                ? given(stage, key, Optional.empty()).isEmpty()
                : inFile.isPresent() && given(stage, key, section).equals(inFile);
        return section.filter(s -> fromFile)
                .map(s -> "%s:%d: %s".formatted(file.name(), s.valueLineOf(key), fault))
                .orElse(fault);
    }

    private static <R extends Record> @Nullable Object read(R defaults, RecordComponent component) {
        try {
            return component.getAccessor().invoke(defaults);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "%s cannot be read: stage configurations are public records".formatted(component), e);
        }
    }

    @SuppressWarnings("unchecked") // the constructor is the one of the defaults' own class
    private static <R extends Record> R create(R defaults, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return (R) defaults.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "%s cannot be made: stage configurations are public records".formatted(defaults.getClass()), e);
        }
    }
}
