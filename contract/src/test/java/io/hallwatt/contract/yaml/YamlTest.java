package io.hallwatt.contract.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.config.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlTest {
    private static final String BILLION_LAUGHS = """
            a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]
            b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
            c: [*b, *b, *b, *b, *b, *b, *b, *b, *b]
            """;

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(BILLION_LAUGHS, "f.yaml:1:4: an anchor (&a) is not allowed: write the value out"),
                Arguments.of("a: 1\nb: *a\n", "f.yaml:2:4: an alias (*a) is not allowed: write the value out"),
                Arguments.of(
                        "a: !!javax.script.ScriptEngineManager []\n",
                        "f.yaml:1:4: a tag (!!javax.script.ScriptEngineManager) is not allowed: leave it out"),
                Arguments.of("a: !own x\n", "f.yaml:1:4: a tag (!own) is not allowed: leave it out"),
                Arguments.of("a: !!str 5\n", "f.yaml:1:4: a tag (!!str) is not allowed: leave it out"),
                Arguments.of("a: 1\nb: 2\na: 3\n", "f.yaml:3:1: key \"a\" stands here and at line 1: leave one"),
                Arguments.of("? [a, b]\n: 1\n", "f.yaml:1:3: a key is a plain name"),
                Arguments.of(
                        "a: 1\n---\nb: 2\n", "f.yaml:1:1: more than one document (---): write one document a file"),
                Arguments.of("- a\n- b\n", "f.yaml:1:1: keys with values belong here (key: value)"),
                Arguments.of("", "f.yaml:1:1: the file is empty"),
                Arguments.of("# only a comment\n", "f.yaml:1:1: the file is empty"),
                Arguments.of("a: " + "[".repeat(40) + "]".repeat(40), "f.yaml:1:35: nested deeper than 32"),
                Arguments.of(
                        "a".repeat(Yaml.MOST_CHARACTERS + 1),
                        "f.yaml:1:1: 8,388,609 characters long; at most 8,388,608 are read"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String text, String fault) {
        Faults faults = new Faults("f.yaml");

        Yaml.read(text, faults);

        assertThat(faults.list()).containsExactly(fault);
    }

    @Test
    void broken_yaml_is_refused_where_it_breaks() {
        Faults faults = new Faults("f.yaml");

        assertThat(Yaml.read("a: 1\nb: [1, 2\nc: 3\n", faults)).isNull();

        assertThat(faults.list()).hasSize(1).first().asString().startsWith("f.yaml:3:2: no YAML: ");
    }

    static Stream<Arguments> says_what_its_author_did() {
        return Stream.of(
                Arguments.of(
                        "- alert: Hot\n        expr: x > 1\n",
                        "3:9: no YAML: wrong indentation: \"expr\" begins in column 9, and \"alert\" above it (line 2) in column 5; what belongs together begins in one column"),
                Arguments.of(
                        "- alert: Hot\n   expr: x > 1\n",
                        "3:4: no YAML: wrong indentation: \"expr\" begins in column 4, and \"alert\" above it (line 2) in column 5; what belongs together begins in one column"),
                Arguments.of(
                        "- alert: Hot\n  expr: x > 1\n",
                        "3:3: no YAML: wrong indentation: \"expr\" begins in column 3, and \"alert\" above it (line 2) in column 5; what belongs together begins in one column"),
                Arguments.of(
                        "- alert: Hot\n    expr: x\n - alert: Cold\n",
                        "4:2: no YAML: wrong indentation: this item (-) begins in column 2, and the item above it (line 2) in column 3; what belongs together begins in one column"),
                Arguments.of(
                        "- alert: Hot\n\texpr: x\n",
                        "3:1: no YAML: a tab stands where indentation belongs: use blanks"),
                Arguments.of(
                        "- text: >-\n    one\n    two\n    for: 5s\n",
                        "3:5: no YAML: wrong indentation: the text after > or | begins deeper than the key before it"),
                Arguments.of(
                        "- text: {{ $value }} is hot\n",
                        "2:11: a value that begins with {{ must stand in quotes: '{{ $value }} is hot'"),
                Arguments.of(
                        "- text: {{ $value }}\n    for: 5s\n",
                        "2:11: a value that begins with {{ must stand in quotes: '{{ $value }}'"),
                Arguments.of(
                        "- text: {{ $labels.rack }}: hot\n",
                        "2:11: a value that begins with {{ must stand in quotes: '{{ $labels.rack }}: hot'"),
                Arguments.of(
                        "- text: {{ printf \"%.2f\" $value }} isn't\n",
                        "2:11: a value that begins with {{ must stand in quotes"),
                Arguments.of("- text: Rack: hot\n", "2:11: no YAML: a value with \": \" in it must stand in quotes"),
                Arguments.of("- text: @home\n", "2:11: no YAML: a value that begins with @ must stand in quotes"),
                Arguments.of(
                        "- text: \"open\n    for: 5s\n", "2:11: no YAML: the quote that opens here is never closed"),
                Arguments.of(
                        "- alert: Hot\n    expr x > 1\n    for: 5s\n",
                        "3:5: no YAML: a key needs a colon and a blank after it: key: value"));
    }

    @ParameterizedTest
    @MethodSource
    void says_what_its_author_did(String items, String fault) {
        Faults faults = new Faults("f.yaml");

        assertThat(Yaml.read("rules:\n  " + items, faults)).isNull();

        assertThat(faults.list()).containsExactly("f.yaml:" + fault);
    }

    @Test
    void a_key_that_slipped_out_of_its_section_is_told_by_its_indentation() {
        assertThat(faults("rules:\nfor: 5s\nfro: 5s\n", section -> {
                    section.sections("rules");
                    section.noOthers("a rule", Set.of("for"));
                }))
                .containsExactly(
                        "f.yaml:1:7: rules: a list belongs here (- item), below it and indented deeper",
                        "f.yaml:2:1: for: unknown key here; it is one of a rule: see to its indentation",
                        "f.yaml:3:1: fro: unknown key; known here: rules");
    }

    @Test
    void a_fault_of_an_item_is_told_at_the_item() {
        assertThat(faults(
                        "list:\n- a\n- b\n",
                        section -> section.textItems("list")
                                .forEach(item -> section.fault("list", item, "no %s", item.text()))))
                .containsExactly("f.yaml:2:3: list: no a", "f.yaml:3:3: list: no b");
    }

    @Test
    void words_that_yaml_takes_for_something_else_must_be_quoted_where_text_is_meant() {
        for (String word : List.of("no", "on", "y", "012", "1e3", "0x1f", "null", "~", "True", ".inf", "1_000")) {
            assertThat(faults("id: " + word, section -> section.text("id")))
                    .containsExactly(
                            "f.yaml:1:5: id: %s is text here, but YAML takes it for something else: write it in"
                                            .formatted(word)
                                    + " quotes, \"%s\"".formatted(word));
            assertThat(faults("id: '" + word + "'", section -> section.text("id")))
                    .isEmpty();
        }
    }

    @Test
    void values_of_the_wrong_kind_are_faults_at_their_place() {
        assertThat(faults("""
                text: [1]
                number: "5"
                huge: 1e31
                whole: 1.5
                truth: yes
                wait: 5 min
                list: {a: 1}
                section: x
                empty:
                """, section -> {
                    section.text("text");
                    section.number("number", 0, 9);
                    section.number("huge", 0, 9);
                    section.integer("whole", 0, 9);
                    section.optionalTruth("truth");
                    section.optionalDuration("wait");
                    section.sections("list");
                    section.optionalSection("section");
                    section.text("empty");
                    section.text("gone");
                }))
                .containsExactly(
                        "f.yaml:1:1: gone is missing",
                        "f.yaml:1:7: text: text belongs here, not a list",
                        "f.yaml:2:9: number: \"5\" is no number",
                        "f.yaml:3:7: huge: 1e31 has an exponent beyond 30",
                        "f.yaml:4:8: whole: 1.5 is no whole number",
                        "f.yaml:5:8: truth: \"yes\": write true or false",
                        "f.yaml:6:7: wait: \"5 min\" is no duration: write 500ms, 30s, 5m, 2h or 1d",
                        "f.yaml:7:7: list: a list belongs here (- item)",
                        "f.yaml:8:10: section: keys with values belong here (key: value)",
                        "f.yaml:9:7: empty: no value; give text or leave the key out");
    }

    @Test
    void good_values_are_what_they_say() {
        assertThat(faults("number: 1_000.5\nwait: 1h30m\nwhole: 2e3\n", section -> {
                    assertThat(section.number("number", 0, 1e6)).isEqualTo(1_000.5);
                    assertThat(section.optionalDuration("wait")).contains(Duration.ofMinutes(90));
                    assertThat(section.integer("whole", 0, 9_999)).isEqualTo(2_000);
                    section.noOthers();
                }))
                .isEmpty();
    }

    private static List<String> faults(String text, Consumer<YamlSection> use) {
        Faults faults = new Faults("f.yaml");
        YamlSection section = Yaml.read(text, faults);
        assertThat(section).isNotNull();
        use.accept(section);
        return faults.list();
    }
}
