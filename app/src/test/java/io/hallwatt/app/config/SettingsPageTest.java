package io.hallwatt.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.app.command.StageOptions;
import io.hallwatt.contract.config.Doc;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.docs.GeneratedFile;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    @Test
    void docs_reference_settings_is_current() throws ReflectiveOperationException {
        StringBuilder page = new StringBuilder("""
                # Settings of the stages

                Generated from the stages' configuration records; do not edit. A setting is given as `--set STAGE.KEY=VALUE`, as `HALLWATT_STAGE_KEY` in the
                environment, or under its stage in the file that `--config` names; the first that is there counts. The defaults are those of a stage that runs by
                itself; `demo` and `replay` keep their files in their data directory.
                """);
        for (String stage : List.of("ingest", "aggregate", "alerting")) {
            page.append("\n## ").append(stage).append("\n\n| setting | default | what |\n|---|---|---|\n");
            Record defaults = Objects.requireNonNull(StageOptions.DEFAULTS.get(stage));
            for (RecordComponent setting : defaults.getClass().getRecordComponents()) {
                page.append("| `%s.%s` | %s | %s |\n"
                        .formatted(
                                stage,
                                SettingNames.dashed(setting.getName()),
                                shown(setting.getAccessor().invoke(defaults)),
                                setting.getAnnotation(Doc.class).value()));
            }
        }

        GeneratedFile.isCurrent("docs/reference/settings.md", page.toString());
    }

    @Test
    void every_setting_says_what_it_does() {
        for (Record defaults : StageOptions.DEFAULTS.values()) {
            for (RecordComponent setting : defaults.getClass().getRecordComponents()) {
                assertThat(setting.getAnnotation(Doc.class)).as("%s", setting).isNotNull();
            }
        }
    }

    private static String shown(Object value) {
        String text = switch (value) {
            case Duration duration -> Durations.format(duration);
            case Enum<?> choice -> choice.toString().toLowerCase(Locale.ROOT).replace('_', '-');
            default -> value.toString().replace(System.getProperty("java.io.tmpdir"), "(temporary folder)");
        };
        return text.isEmpty() ? "none" : "`" + text + "`";
    }
}
