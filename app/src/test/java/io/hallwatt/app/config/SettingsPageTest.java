package io.hallwatt.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.app.command.StageOptions;
import io.hallwatt.contract.config.Doc;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Secret;
import io.hallwatt.contract.docs.GeneratedFile;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    @Test
    void docs_reference_settings_is_current() throws ReflectiveOperationException {
        StringBuilder page = new StringBuilder("""
                # Settings of the stages

                Generated from the stages' configuration records; do not edit. A setting is given as `--set STAGE.KEY=VALUE`, as `HALLWATT_STAGE_KEY` in the
                environment, or under its stage in the file that `--config` names; the first that is there counts. The defaults are those of a stage that runs by
                itself; `demo` and `replay` keep their files in their data directory. `NAME` is a name of your own; secrets stand in files of their own, which the settings name.
                """);
        for (String stage : List.of("ingest", "aggregate", "alerting")) {
            page.append("\n## ").append(stage).append("\n\n| setting | default | what |\n|---|---|---|\n");
            rows(stage, Objects.requireNonNull(StageOptions.DEFAULTS.get(stage)), page);
        }

        GeneratedFile.isCurrent("docs/reference/settings.md", page.toString());
    }

    /** One row a setting; those of a section follow it, under its name. */
    private static void rows(String path, Record defaults, StringBuilder page) throws ReflectiveOperationException {
        for (RecordComponent setting : defaults.getClass().getRecordComponents()) {
            Method read = setting.getAccessor();
            read.setAccessible(true); // a section's record may be its package's own
            Object value = read.invoke(defaults);
            String key = path + "." + SettingNames.dashed(setting.getName());
            if (value instanceof Record section) {
                rows(key, section, page);
            } else if (setting.getType() == Map.class) {
                rows(key + ".NAME", defaults(setting), page);
            } else {
                page.append("| `%s%s` | %s | %s |\n"
                        .formatted(
                                key,
                                setting.getType() == Secret.class ? "-file" : "",
                                shown(value),
                                setting.getAnnotation(Doc.class).value()));
            }
        }
    }

    /** Of the records that a file gives names of its own. */
    private static Record defaults(RecordComponent named) throws ReflectiveOperationException {
        Type record = ((ParameterizedType) named.getGenericType()).getActualTypeArguments()[1];
        return (Record) ((Class<?>) record).getField("DEFAULTS").get(null);
    }

    @Test
    void every_setting_says_what_it_does() throws ReflectiveOperationException {
        for (Record defaults : StageOptions.DEFAULTS.values()) {
            described(defaults.getClass());
        }
    }

    private static void described(Class<?> record) {
        for (RecordComponent setting : record.getRecordComponents()) {
            assertThat(setting.getAnnotation(Doc.class)).as("%s", setting).isNotNull();
            if (setting.getType().isRecord()) {
                described(setting.getType());
            }
        }
    }

    private static String shown(@Nullable Object value) {
        String text = switch (value) {
            case null -> "";
            case Duration duration -> Durations.format(duration);
            case Enum<?> choice -> choice.toString().toLowerCase(Locale.ROOT).replace('_', '-');
            case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(", "));
            default -> value.toString().replace(System.getProperty("java.io.tmpdir"), "(temporary folder)");
        };
        return text.isEmpty() ? "none" : "`" + text + "`";
    }
}
