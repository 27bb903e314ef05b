package io.hallwatt.ingest.simulate.scenario;

import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.yaml.Yaml;
import io.hallwatt.contract.yaml.YamlSection;
import java.util.List;

/**
 * The faults of a run, read from a scenario file:
 *
 * <pre>{@code
 * faults:
 *   - fault: breaker-overload   # every fault: at, for (0s for an instant), every (optional)
 *     target: h03/r017          # see Target
 *     at: 15s
 *     for: 60s
 *     feed: A
 *     to: 0.92
 * }</pre>
 *
 * @param name   the file's, for messages
 * @param text   the file's, so that a resumed simulation knows what went wrong before
 * @param faults in the file's order
 */
public record Scenario(String name, String text, List<Fault> faults) {
    /** Nothing goes wrong. */
    public static final Scenario NONE = new Scenario("", "", List.of());

    public Scenario {
        faults = List.copyOf(faults);
    }

    /**
     * @param site whom the targets name
     * @throws io.hallwatt.contract.config.InvalidInput with every fault of the file, each {@code name:line:column: …}
     */
    public static Scenario read(String name, String text, Site site) {
        if (text.isEmpty() && name.isEmpty()) {
            return NONE;
        }
        Faults wrong = new Faults(name);
        YamlSection top = Yaml.read(text, wrong);
        if (top == null) {
            wrong.throwIfAny();
            return NONE;
        }
        List<YamlSection> sections = top.sections("faults");
        if (!top.has("faults")) {
            top.fault("faults", "missing; list what goes wrong, or leave the scenario out");
        }
        List<Fault> faults =
                sections.stream().flatMap(s -> FaultYaml.read(s, site).stream()).toList();
        top.noOthers();
        wrong.throwIfAny();
        return new Scenario(name, text, faults);
    }
}
