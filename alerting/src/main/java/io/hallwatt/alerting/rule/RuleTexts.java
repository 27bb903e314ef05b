package io.hallwatt.alerting.rule;

import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.template.Template;
import io.hallwatt.alerting.template.TemplateFault;
import io.hallwatt.alerting.template.TemplateFaults;
import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.yaml.YamlSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the labels and annotations of a rule file; faults are noted, not thrown. */
final class RuleTexts {
    /** Prometheus's label names. */
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private static final int MOST_LABEL_CHARACTERS = 1024;

    private final Places places;

    RuleTexts(Places places) {
        this.places = places;
    }

    /** Those of the section; of one that cannot be read, what can. */
    Map<String, Template> templates(YamlSection section, boolean labels) {
        Map<String, Template> templates = new LinkedHashMap<>();
        section.scalars().forEach((name, value) -> {
            if (!LABEL.matcher(name).matches()) {
                section.fault(name, "\"%s\" is no name: letters, digits and _, not first a digit", name);
            }
            if (labels && (name.equals("alertname") || name.equals("alertstate") || name.startsWith("__"))) {
                section.fault(name, "this label is set by Hallwatt and Prometheus themselves: choose another name");
            }
            if (labels && value.length() > MOST_LABEL_CHARACTERS) {
                section.fault(name, "a label of %d characters; at most %d", value.length(), MOST_LABEL_CHARACTERS);
            }
            Template template = template(section, name, value);
            if (labels && template.usesValue()) {
                section.fault(
                        name, "a value in a label makes a new alert at each evaluation: write it into an annotation");
            }
            templates.put(name, template);
        });
        return templates;
    }

    private Template template(YamlSection section, String name, String value) {
        try {
            return Template.parse(value);
        } catch (TemplateFaults e) {
            for (TemplateFault fault : e.all()) {
                places.fault(section, name, value, fault.offset(), fault.sentence());
            }
            return e.readable();
        }
    }

    /**
     * Whether labels and annotations ask for labels that the alerts have.
     *
     * @param labels the group's and the rule's own
     */
    static void check(
            YamlSection section,
            @Nullable YamlSection ownLabels,
            @Nullable YamlSection annotationSection,
            Condition condition,
            Map<String, Template> labels,
            Map<String, Template> annotations) {
        List<String> known = condition.labels();
        labels.forEach((name, template) -> {
            YamlSection place = ownLabels != null && ownLabels.has(name) ? ownLabels : section;
            String key = place == section ? "labels" : name;
            if (known.contains(name)) {
                place.fault(key, "label %s would overwrite the alert's own, which tells it from the others", name);
            }
            checkUsed(place, key, template, known);
        });
        if (annotationSection != null) {
            annotations.forEach((name, template) -> checkUsed(annotationSection, name, template, known));
        }
    }

    private static void checkUsed(YamlSection section, String key, Template template, List<String> known) {
        for (String used : template.labelsUsed()) {
            if (!known.contains(used)) {
                section.fault(
                        key,
                        "$labels.%s: this rule's alerts have the labels %s%s",
                        used,
                        String.join(", ", known),
                        Nearest.hint(used, known));
            }
        }
    }
}
