package io.hallwatt.contract.yaml;

import io.hallwatt.contract.config.Faults;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document whose top is a mapping. Refused, each with line and column: aliases and anchors, tags, a key twice, keys that are no text, more
 * than one document, nesting deeper than 32, more than 8 MiB. What those features are good for does not weigh up what they hide.
 */
public final class Yaml {
    /** Longest file, in characters. */
    public static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    private static final int DEEPEST = 32;

    private final String text;
    private final Faults faults;
    private final Iterator<Event> events;
    private int depth;

    private Yaml(String text, Iterator<Event> events, Faults faults) {
        this.text = text;
        this.events = events;
        this.faults = faults;
    }

    /**
     * The top mapping of the file, or null where the file is no YAML that may be read; then {@code faults} say why.
     *
     * @param text the whole file
     */
    public static @Nullable YamlSection read(String text, Faults faults) {
        if (text.length() > MOST_CHARACTERS) {
            faults.at(1, 1, "%,d characters long; at most %,d are read", text.length(), MOST_CHARACTERS);
            return null;
        }
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(MOST_CHARACTERS)
                .setParseComments(false)
                .build();
        try {
            return new Yaml(text, new Parse(settings).parseString(text).iterator(), faults).document();
        } catch (MarkedYamlEngineException e) {
            YamlProblem problem = YamlProblem.of(text, e);
            faults.at(problem.line(), problem.column(), "no YAML: %s", problem.problem());
            return null;
        } catch (YamlEngineException e) {
            faults.at(
                    1,
                    1,
                    "no YAML: %s",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable"));
            return null;
        } catch (Refused e) {
            return null; // its fault is noted
        }
    }

    private @Nullable YamlSection document() {
        Event event = next();
        while (event.getEventId() == Event.ID.StreamStart || event.getEventId() == Event.ID.DocumentStart) {
            event = next();
        }
        if (event.getEventId() == Event.ID.StreamEnd) {
            faults.at(1, 1, "the file is empty");
            return null;
        }
        YamlNode top = node(event);
        next(); // the document's end
        if (next().getEventId() != Event.ID.StreamEnd) {
            faults.at(top.line(), top.column(), "more than one document (---): write one document a file");
            return null;
        }
        if (!(top instanceof YamlNode.Mapping mapping)) {
            faults.at(top.line(), top.column(), "keys with values belong here (key: value)");
            return null;
        }
        return new YamlSection("", mapping, faults);
    }

    private Event next() {
        return events.next();
    }

    private YamlNode node(Event event) {
        Mark mark = event.getStartMark().orElse(null);
        int line = line(mark);
        int column = column(mark);
        if (event instanceof AliasEvent alias) {
            throw refused(
                    line, column, "an alias (*%s) is not allowed: write the value out".formatted(alias.getAlias()));
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw refused(
                    line,
                    column,
                    "an anchor (&%s) is not allowed: write the value out"
                            .formatted(node.getAnchor().get()));
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                refuseTag(scalar.getTag(), line, column);
                yield new YamlNode.Scalar(
                        line, column, scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN);
            }
            case SequenceStartEvent sequence -> {
                refuseTag(sequence.getTag(), line, column);
                yield sequence(line, column);
            }
            case MappingStartEvent mapping -> {
                refuseTag(mapping.getTag(), line, column);
                yield mapping(line, column);
            }
            default -> throw refused(line, column, "unexpected " + event.getEventId());
        };
    }

    private YamlNode sequence(int line, int column) {
        deeper(line, column);
        List<YamlNode> items = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            items.add(node(event));
        }
        depth--;
        return new YamlNode.Sequence(line, column, items);
    }

    private YamlNode mapping(int line, int column) {
        deeper(line, column);
        LinkedHashMap<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            YamlNode key = node(event);
            YamlNode value = node(next());
            if (!(key instanceof YamlNode.Scalar name)) {
                throw noKey(key);
            }
            YamlNode.Entry before = entries.put(name.text(), new YamlNode.Entry(key.line(), key.column(), value));
            if (before != null) {
                faults.at(
                        key.line(),
                        key.column(),
                        "key \"%s\" stands here and at line %d: leave one",
                        name.text(),
                        before.line());
            }
        }
        depth--;
        return new YamlNode.Mapping(line, column, entries);
    }

    /** A mapping for a key: a template without quotes, mostly. */
    private Refused noKey(YamlNode key) {
        YamlProblem problem = YamlProblem.template(text.lines().toList(), key.line())
                .orElseGet(() -> new YamlProblem(key.line(), key.column(), "a key is a plain name"));
        return refused(problem.line(), problem.column(), problem.problem());
    }

    private void deeper(int line, int column) {
        if (++depth > DEEPEST) {
            throw refused(line, column, "nested deeper than %d".formatted(DEEPEST));
        }
    }

    private void refuseTag(Optional<String> tag, int line, int column) {
        tag.ifPresent(t -> {
            throw refused(
                    line,
                    column,
                    "a tag (%s) is not allowed: leave it out"
                            .formatted(t.startsWith("!") ? t : "!!" + t.substring(t.lastIndexOf(':') + 1)));
        });
    }

    private Refused refused(int line, int column, String fault) {
        faults.at(line, column, "%s", fault);
        return new Refused();
    }

    private static int line(@Nullable Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }

    private static int column(@Nullable Mark mark) {
        return mark == null ? 1 : mark.getColumn() + 1;
    }

    /** Ends the reading of a file that holds what is not allowed; never leaves this class. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused() {
            super(null, null, false, false);
        }
    }
}
