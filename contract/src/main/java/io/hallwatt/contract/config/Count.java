package io.hallwatt.contract.config;

import java.util.Locale;

/** Numbers of things in sentences for people: {@code 1 rack}, {@code 8,000 racks}. */
public final class Count {
    private Count() {}

    /** @param noun one that has its plural with s */
    public static String of(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }
}
