package io.hallwatt.app.config;

import java.util.Locale;

/** One name in three spellings: {@code wallClock} in code, {@code wall-clock} in files and flags, {@code HALLWATT_AGGREGATE_WALL_CLOCK} in the environment. */
public final class SettingNames {
    private SettingNames() {}

    /** {@code wallClock} → {@code wall-clock}. */
    public static String dashed(String camel) {
        StringBuilder text = new StringBuilder();
        for (char c : camel.toCharArray()) {
            if (Character.isUpperCase(c)) {
                text.append('-').append(Character.toLowerCase(c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** {@code aggregate}, {@code wall-clock} → {@code HALLWATT_AGGREGATE_WALL_CLOCK}. An empty section is left out. */
    public static String environment(String section, String dashed) {
        String name = section.isEmpty() ? dashed : section + "-" + dashed;
        return "HALLWATT_" + name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
