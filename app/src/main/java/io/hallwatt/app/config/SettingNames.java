package io.hallwatt.app.config;

import java.util.Locale;

/** One name in three spellings: {@code liveGrace} in code, {@code live-grace} in files and flags, {@code HALLWATT_AGGREGATE_LIVE_GRACE} in the environment. */
public final class SettingNames {
    private SettingNames() {}

    /** {@code liveGrace} → {@code live-grace}. */
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

    /** {@code aggregate}, {@code live-grace} → {@code HALLWATT_AGGREGATE_LIVE_GRACE}. An empty section is left out. */
    public static String environment(String section, String dashed) {
        String name = section.isEmpty() ? dashed : section + "-" + dashed;
        return "HALLWATT_" + name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
