package io.hallwatt.app.config;

import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.yaml.YamlSection;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fills a stage's configuration record: each component from {@code --set stage.key=value}, else from the environment's {@code HALLWATT_STAGE_KEY}, else from the
 * file's section, else from the record's defaults.
 */
public final class StageConfig {
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
     * @throws InvalidInput with every value that is not of its component's form, or with what the record itself refuses
     */
    public <R extends Record> R of(String stage, R defaults) {
        List<String> faults = new ArrayList<>();
        Optional<YamlSection> section = file.section(stage);
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(stage, components[i], section, faults).orElse(read(defaults, components[i]));
        }
        section.ifPresent(YamlSection::noOthers);
        faults.addAll(file.faults().list());
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        try {
            return create(defaults, components, values);
        } catch (InvalidInput refused) {
            throw new InvalidInput(refused.faults().stream()
                    .map(fault -> placed(fault, stage, section))
                    .toList());
        }
    }

    /**
     * Checks that every {@code --set} names a setting of one of the stages.
     *
     * @throws InvalidInput with the nearest name for each that does not
     */
    public void check(Map<String, ? extends Record> defaultsByStage) {
        List<String> known = new ArrayList<>();
        defaultsByStage.forEach((stage, defaults) -> Arrays.stream(
                        defaults.getClass().getRecordComponents())
                .forEach(component -> known.add(stage + "." + SettingNames.dashed(component.getName()))));
        List<String> faults = set.keySet().stream()
                .filter(key -> !known.contains(key))
                .sorted()
                .map(key -> "--set %s: unknown setting%s".formatted(key, Nearest.hint(key, known)))
                .toList();
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
    }

    /** A value that somebody gave, and where. */
    private record Given(String where, String text) {}

    private Optional<Object> value(
            String stage, RecordComponent component, Optional<YamlSection> section, List<String> faults) {
        return given(stage, SettingNames.dashed(component.getName()), section).flatMap(given -> {
            Optional<Object> parsed = SettingForm.parse(component.getType(), given.text());
            if (parsed.isEmpty()) {
                faults.add("%s is \"%s\"; give %s"
                        .formatted(given.where(), given.text(), SettingForm.of(component.getType())));
            }
            return parsed;
        });
    }

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

    /** What the record itself refuses starts with its key: where that stands in the file, with its line. */
    private String placed(String fault, String stage, Optional<YamlSection> section) {
        String key = fault.replaceFirst("^[^ ]*: ", "").replaceFirst(" .*", "");
        Optional<Given> inFile = section.flatMap(s -> inFile(s, key));
        boolean fromFile = inFile.isPresent() && given(stage, key, section).equals(inFile);
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
