package io.hallwatt.contract.site;

import io.hallwatt.contract.yaml.YamlSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a section is about: its {@code id}, or its {@code ids} where it is about a range.
 *
 * @param text as written; empty where it is wrong
 * @param list those ids that no section before it had
 */
record SectionIds(String text, List<String> list) {
    SectionIds {
        list = List.copyOf(list);
    }

    /**
     * Reads a section's ids and adds them to those {@code taken}.
     *
     * @param noun what they are ids of, for messages
     */
    static SectionIds of(YamlSection section, String noun, Set<String> taken) {
        String key = section.has("ids") ? "ids" : "id";
        Optional<IdRange> range = section.optionalParsed(key, IdRange::parse);
        if (!section.has("ids")) {
            section.optionalScalar("ids"); // a known key, for hints
        }
        if (section.has("id") && section.has("ids")) {
            section.fault("id", "id and ids both stand here: leave one");
        }
        if (!section.has(key)) {
            section.fault("id", "missing: write id for one %s or ids for a range, as x01..x40", noun);
        }
        if (range.isEmpty()) {
            return new SectionIds("", List.of());
        }
        List<String> fresh = new ArrayList<>();
        List<String> twice = new ArrayList<>();
        for (String id : range.get().ids()) {
            (taken.add(id) ? fresh : twice).add(id);
        }
        if (!twice.isEmpty()) {
            section.fault(
                    key,
                    "%s %s stands in an earlier section already%s: each id is used once",
                    noun,
                    twice.get(0),
                    twice.size() == 1 ? "" : ", and so do %d more".formatted(twice.size() - 1));
        }
        return new SectionIds(range.get().text(), fresh);
    }

    /** {@code hall h01..h40}, or only the noun where the ids are wrong. */
    String named(String noun) {
        return text.isEmpty() ? noun : noun + " " + text;
    }
}
