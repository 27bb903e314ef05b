package io.hallwatt.alerting.template;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A text with holes, checked when it was read. */
public final class Template {
    /** Also what fits where an alert's texts are kept, three bytes a character. */
    private static final int LONGEST = 16_384;

    /** In place of what a template makes of a value that is not there: an alert that nobody can see is not "at NaN%". */
    private static final String NO_VALUE = "unknown";

    private final String text;
    private final List<Part> parts;

    private Template(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
    }

    /** @throws TemplateFaults with place and sentence of each */
    public static Template parse(String text) throws TemplateFaults {
        TemplateParser parser = new TemplateParser(text);
        Template template = new Template(text, parser.parts());
        if (!parser.faults().isEmpty()) {
            throw new TemplateFaults(parser.faults(), template);
        }
        return template;
    }

    /**
     * The text with its holes filled. What cannot be computed for these values does not stop an alert: the text says so in Prometheus's form, {@code <error
     * expanding template: …>}.
     *
     * @param labels of the element, without the rule's own
     * @param value  NaN where there is none: what would be made of it is {@value #NO_VALUE}
     */
    public String expand(Map<String, String> labels, double value) {
        StringBuilder expanded = new StringBuilder();
        try {
            write(parts, new Part.Given(labels, value, null), expanded);
        } catch (Inexpansible e) {
            return "<error expanding template: " + e.getMessage() + ">";
        }
        return expanded.length() <= LONGEST
                ? expanded.toString()
                : "<error expanding template: a text longer than %,d characters>".formatted(LONGEST);
    }

    private static void write(List<Part> parts, Part.Given given, StringBuilder into) {
        for (Part part : parts) {
            switch (part) {
                case Part.Plain plain -> into.append(plain.text());
                case Part.Hole hole ->
                    into.append(
                            unknown(hole.pipeline(), given)
                                    ? NO_VALUE
                                    : GoFormat.plain(hole.pipeline().evaluate(given)));
                case Part.Choice choice -> write(choice, given, into);
            }
        }
    }

    /** Of a value that is not there neither branch is said. */
    private static void write(Part.Choice choice, Part.Given given, StringBuilder into) {
        if (unknown(choice.on(), given)) {
            into.append(choice.otherwise().isEmpty() ? "" : NO_VALUE);
            return;
        }
        Object on = choice.on().evaluate(given);
        if (!Function.truth(on)) {
            write(choice.otherwise(), given, into);
        } else {
            write(choice.then(), choice.with() ? given.with(on) : given, into);
        }
    }

    private static boolean unknown(Part.Pipeline pipeline, Part.Given given) {
        return Double.isNaN(given.value()) && pipeline.usesValue();
    }

    /** Whether the text can change from one evaluation to the next. */
    public boolean usesValue() {
        return holes().stream().anyMatch(Part.Pipeline::usesValue);
    }

    /** The labels it asks for. */
    public Set<String> labelsUsed() {
        Set<String> used = new LinkedHashSet<>();
        holes().forEach(pipeline -> pipeline.labelsUsed(used));
        return used;
    }

    private List<Part.Pipeline> holes() {
        List<Part.Pipeline> holes = new ArrayList<>();
        collect(parts, holes);
        return holes;
    }

    private static void collect(List<Part> parts, List<Part.Pipeline> into) {
        for (Part part : parts) {
            switch (part) {
                case Part.Plain plain -> {
                    // it asks for nothing
                }
                case Part.Hole hole -> into.add(hole.pipeline());
                case Part.Choice choice -> {
                    into.add(choice.on());
                    collect(choice.then(), into);
                    collect(choice.otherwise(), into);
                }
            }
        }
    }

    /** As it stands in the file. */
    @Override
    public String toString() {
        return text;
    }
}
