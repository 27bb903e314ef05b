package io.hallwatt.alerting.reload;

import io.hallwatt.alerting.maintenance.Maintenance;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.config.InvalidInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where rules come from, and come from again. */
public interface RuleSource {
    /** The rules that come with Hallwatt; they never change. */
    RuleSource DEFAULTS = () -> Map.of(RuleSet.DEFAULT_FILE, RuleSet.defaultText());

    /**
     * The whole files by their names, in order.
     *
     * @throws InvalidInput if one cannot be read
     */
    Map<String, String> texts();

    /** The whole file of planned work by its name; empty where there is none. */
    default Map<String, String> maintenance() {
        return Map.of();
    }

    /**
     * Reads all of it.
     *
     * @throws InvalidInput with all faults of all files
     */
    default RuleSet read() {
        return read(Texts.of(this));
    }

    /**
     * What was read.
     *
     * @param rules       whole files by their names, in order
     * @param maintenance likewise, of planned work
     */
    record Texts(Map<String, String> rules, Map<String, String> maintenance) {
        public Texts {
            rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
            maintenance = Collections.unmodifiableMap(new LinkedHashMap<>(maintenance));
        }

        /** @throws InvalidInput if one cannot be read */
        static Texts of(RuleSource source) {
            return new Texts(source.texts(), source.maintenance());
        }
    }

    /** @throws InvalidInput with all faults of all files */
    static RuleSet read(Texts texts) {
        List<String> faults = new ArrayList<>();
        RuleSet rules = new RuleSet(List.of());
        Maintenance planned = Maintenance.NONE;
        try {
            rules = RuleSet.read(texts.rules());
        } catch (InvalidInput e) {
            faults.addAll(e.faults());
        }
        try {
            for (Map.Entry<String, String> file : texts.maintenance().entrySet()) {
                planned = Maintenance.read(file.getKey(), file.getValue());
            }
        } catch (InvalidInput e) {
            faults.addAll(e.faults());
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return rules.with(planned);
    }
}
