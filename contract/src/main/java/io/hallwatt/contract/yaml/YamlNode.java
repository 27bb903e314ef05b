package io.hallwatt.contract.yaml;

import java.util.LinkedHashMap;
import java.util.List;

/** A value in a YAML file, and where it stands; lines and columns from 1. */
sealed interface YamlNode {
    int line();

    int column();

    /** A mapping, in the file's order. */
    record Mapping(int line, int column, LinkedHashMap<String, Entry> entries) implements YamlNode {}

    /** A mapping's key, where it stands, and its value. */
    record Entry(int line, int column, YamlNode value) {}

    /** A sequence. */
    record Sequence(int line, int column, List<YamlNode> items) implements YamlNode {}

    /** Anything else, as it stands in the file; {@code quoted} (or a block) is text for sure, a plain one may be a number or a truth value. */
    record Scalar(int line, int column, String text, boolean quoted) implements YamlNode {}
}
