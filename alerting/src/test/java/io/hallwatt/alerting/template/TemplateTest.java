package io.hallwatt.alerting.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Map<String, String> LABELS = Map.of("hall", "h01", "rack", "r017");

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "plain text ~ 1 ~ plain text",
                "{{ $labels.hall }}/{{ .Labels.rack }} ~ 1 ~ h01/r017",
                "[{{ $labels.feed }}] ~ 1 ~ []",
                "{{$value}} ~ 0.1 ~ 0.1",
                "{{ .Value }} ~ 12345678 ~ 1.2345678e+07",
                "{{ $value | humanize }} ~ 1234567 ~ 1.235M",
                "{{ humanize $value }} ~ 0.00123 ~ 1.23m",
                "{{ $value | humanize1024 }} ~ 1572864 ~ 1.5Mi",
                "{{ $value | humanizePercentage }} ~ 0.8325 ~ 83.25%",
                "{{ $value | humanizeDuration }} ~ 93784.9 ~ 1d 2h 3m 4s",
                "{{ $value | humanizeDuration }} ~ 3600 ~ 1h 0m 0s",
                "{{ $value | humanizeDuration }} ~ -12.5 ~ -12.5s",
                "{{ $value | humanizeDuration }} ~ 0.0035 ~ 3.5ms",
                "{{ printf \"%.2f\" $value }} ~ -0.001 ~ -0.00",
                "{{ $value | humanize }} ~ -0.0 ~ -0",
                "{{ printf \"%.1f K of %s\" $value $labels.hall }} ~ 2.25 ~ 2.2 K of h01",
                "{{ $value | printf \"%6.2f|\" }} ~ 3.14159 ~   3.14|",
                "{{ printf \"%06.1f\" $value }} ~ -3.14159 ~ -003.1",
                "{{ printf \"%d\" $value }} ~ 2 ~ %!d(float64=2)",
                "{{ printf \"%s %.2e %g%%\" $labels.hall $value $value }} ~ 1500 ~ h01 1.50e+03 1500%",
                "{{ printf \"%s\" }} ~ 2 ~ %!s(MISSING)",
                "{{ $labels.hall | toUpper }} ~ 2 ~ H01",
                "{{ reReplaceAll \"h0(.)\" \"hall $1\" $labels.hall }} ~ 2 ~ hall 1",
                "{{ reReplaceAll \"r0*([0-9]+)\" \"${1}\" $labels.rack }} ~ 2 ~ 17",
                "{{ reReplaceAll \"r0*([0-9]+)\" \"${1}x\" $labels.rack }} ~ 2 ~ 17x",
                "{{ reReplaceAll \"r(?P<no>0*)\" \"<${no}>$no.\" $labels.rack }} ~ 2 ~ <0>0.17",
                "{{ $labels.rack | reReplaceAll \"r\" \"$$1\" }} ~ 2 ~ $1017",
                "{{ $labels.rack | reReplaceAll \"r\" \"$\" }} ~ 2 ~ $017",
                "{{ $labels.rack | reReplaceAll \"(r)\" $labels.dollar }} ~ 2 ~ 017",
                "{{ reReplaceAll \"r\" \"a\\\\b\" $labels.rack }} ~ 2 ~ a\\b017",
                "{{ reReplaceAll \"0*\" \"-\" $labels.rack }} ~ 2 ~ -r-1-7-",
                "{{ printf \"%d %03d %x %v\" 3 7 255 -4 }} ~ 2 ~ 3 007 ff -4",
                "{{ printf \"%f %s\" 3 4 }} ~ 2 ~ %!f(int=3) %!s(int=4)",
                "{{ printf \"%d\" 3.0 }} ~ 2 ~ %!d(float64=3)",
                "{{ humanize 1234567 }} ~ 2 ~ 1.235M",
                "{{ humanizeTimestamp $value }} ~ 1435065584.128 ~ 2015-06-23 13:19:44.128 +0000 UTC",
                "{{ $value | humanizeTimestamp }} ~ 0.5 ~ 1970-01-01 00:00:00.5 +0000 UTC",
                "{{ humanizeTimestamp 0 }} ~ 2 ~ 1970-01-01 00:00:00 +0000 UTC",
                "{{ print $labels.hall $value 3 4 }} ~ 2 ~ h012 3 4",
                "{{ index $labels \"rack\" }}/{{ index .Labels \"no\" | toUpper }} ~ 2 ~ r017/",
                "{{ (printf \"%.0f\" $value) | title }} ~ 2 ~ 2",
                "a {{- $value -}} b {{/* nothing */}}c ~ 2 ~ a2b c",
                "{{ if gt $value 5.0 }}high{{ else }}low{{ end }} ~ 6 ~ high",
                "{{ if gt $value 5.0 }}high{{ else }}low{{ end }} ~ 5 ~ low",
                "{{ if ge $value 9.0 }}a{{ else if ge $value 5.0 }}b{{ else if lt $value 0.0 }}c{{ else }}d{{ end }}. ~ 6 ~ b.",
                "{{ if ge $value 9.0 }}a{{ else if ge $value 5.0 }}b{{ else if lt $value 0.0 }}c{{ else }}d{{ end }}. ~ -1 ~ c.",
                "{{ if ge $value 9.0 }}a{{ else if ge $value 5.0 }}b{{ else if lt $value 0.0 }}c{{ else }}d{{ end }}. ~ 1 ~ d.",
                "a {{- if $labels.feed }} on {{ $labels.feed }}{{ end -}} . ~ 1 ~ a.",
                "a {{- if $labels.hall }} in {{ $labels.hall }}{{ end -}} . ~ 1 ~ a in h01.",
                "{{ with $labels.rack }}[{{ . }} {{ . | toUpper }} {{ $value }}]{{ else }}none{{ end }} ~ 1 ~ [r017 R017 1]",
                "{{ with $labels.feed }}[{{ . }}]{{ else }}none{{ end }} ~ 1 ~ none",
                "{{ with $labels.rack }}{{ with $labels.hall }}{{ . }}{{ end }}{{ . }}{{ end }} ~ 1 ~ h01r017",
                "{{ with $labels.feed }}{{ else }}{{ .Labels.hall }}{{ end }} ~ 1 ~ h01",
                "{{ if and (eq $labels.hall \"h01\") (le $value 2.0) }}y{{ end }} ~ 2 ~ y",
                "{{ if or (ne $labels.hall \"h01\") (not $labels.feed) }}y{{ end }} ~ 2 ~ y",
                "{{ and 1 0 2 }} {{ or 0 \"\" \"x\" }} {{ and \"\" (humanize $labels.hall) }} ~ 2 ~ 0 x ",
                "{{ eq $labels.hall \"h02\" \"h01\" }} {{ eq 1 2 3 }} {{ not true }} ~ 2 ~ true false false",
                "{{ if match \"^h0\" $labels.hall }}y{{ end }}{{ if match \"^0\" $labels.hall }}n{{ end }} ~ 2 ~ y",
                "{{ printf \"%t %v %d\" true false true }} ~ 2 ~ true false %!d(bool=true)",
                "{{ if eq (or $labels.hall 1) 1 }}y{{ end }} ~ 2 ~ <error expanding template: error calling eq: incompatible types for comparison>",
                "{{ $labels.rack | humanize }} ~ 2 ~ <error expanding template: error calling humanize: \"r017\" is no number>"
            })
    void expands_as_prometheus_does(String text, double value, String expanded) throws TemplateFaults {
        assertThat(Template.parse(text).expand(LABELS, value).strip()).isEqualTo(expanded.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "a {{ $value ~ 2 ~ {{ without its closing }}",
                "{{ humanise $value }} ~ 3 ~ function \"humanise\" not defined; did you mean \"humanize\"?",
                "{{ $valu }} ~ 3 ~ undefined variable \"$valu\"; did you mean \"$value\"?; known here: $labels.…, $value",
                "{{ range $labels }}x{{ end }} ~ 3 ~ {{ range }} is a control structure of Go's templates that is not run here",
                "{{ define \"x\" }} ~ 3 ~ {{ define }} is a control structure of Go's templates that is not run here",
                "{{ query \"up\" | first | value }} ~ 3 ~ query looks into Prometheus's own storage, which is not here",
                "{{ if gt $value 5 }}x{{ end }} ~ 6 ~ gt compares no value with a whole number, as in Prometheus: write the number with a point, 5.0",
                "{{ if $value | lt 5 }}x{{ end }} ~ 15 ~ lt compares no value with a whole number",
                "{{ if eq $labels.hall 1 }}x{{ end }} ~ 6 ~ eq compares only what is of one kind",
                "{{ if gt true false }}x{{ end }} ~ 6 ~ gt orders numbers and texts",
                "{{ if eq $value }}x{{ end }} ~ 6 ~ eq takes at least 2, not 1",
                "{{ if not 1 2 }}x{{ end }} ~ 6 ~ not takes 1, not 2",
                "{{ if match \"(\" $labels.hall }}x{{ end }} ~ 6 ~ \"(\" is no regular expression (RE2)",
                "{{ if $value }}x ~ 3 ~ {{ if }} without its {{ end }}",
                "x{{ end }} ~ 4 ~ {{ end }} without an {{ if }} or {{ with }} before it",
                "{{ if $value }}{{ else }}{{ else }}{{ end }} ~ 28 ~ a second {{ else }} of one {{ if }}",
                "{{ if $value }}{{ else with 1 }}{{ end }} ~ 23 ~ {{ else with }} is not known",
                "{{ with $value }}{{ else if 1 }}{{ else }}{{ end }} ~ 25 ~ {{ else if }} of a {{ with }}, which Prometheus refuses: write {{ else }}{{ if … }}",
                "{{ with $value }}{{ .Labels.hall }}{{ end }} ~ 20 ~ .Labels: within {{ with }} the dot is what it is of",
                "{{ . }} ~ 3 ~ undefined variable \".\"",
                "{{ $labels }} ~ 3 ~ name the label: $labels.rack",
                "{{ reReplaceAll \"(r)\" \"$1x\" $labels.rack }} ~ 3 ~ the replacement names a group \"1x\", which \"(r)\" has not: write ${1}",
                "{{ $labels.rack | reReplaceAll \"r\" \"$1\" }} ~ 18 ~ the replacement names a group \"1\"",
                "{{ reReplaceAll \"(r\" \"x\" $labels.rack }} ~ 3 ~ \"(r\" is no regular expression (RE2)",
                "{{ index $value 1 }} ~ 3 ~ index takes the labels and the name of one",
                "{{ $externalURL }} ~ 3 ~ $externalURL is Prometheus's own",
                "{{ }} ~ 3 ~ \"}}\" cannot stand here",
                "{{ printf \"a }} ~ 10 ~ a quoted text without its closing \""
            })
    void refuses_at_load_what_could_never_expand(String text, int offset, String sentence) {
        assertThatThrownBy(() -> Template.parse(text))
                .isInstanceOfSatisfying(
                        TemplateFaults.class,
                        faults -> assertThat(faults.all().getFirst()).satisfies(fault -> {
                            assertThat(fault.sentence()).startsWith(sentence);
                            assertThat(fault.offset()).isEqualTo(offset);
                        }));
    }

    @Test
    void tells_what_is_wrong_in_each_hole() {
        String text = "{{ humanise $value }} in {{ $labels.rack }}, {{ (printf \"%s\" }} {{ $valu }}, {{ $value";

        assertThatThrownBy(() -> Template.parse(text))
                .isInstanceOfSatisfying(
                        TemplateFaults.class,
                        faults -> assertThat(faults.all())
                                .extracting(TemplateFault::sentence)
                                .containsExactly(
                                        "function \"humanise\" not defined; did you mean \"humanize\"?",
                                        "( without its closing )",
                                        "undefined variable \"$valu\"; did you mean \"$value\"?; known here: $labels.…, $value",
                                        "{{ without its closing }}"));
    }

    @Test
    void a_chain_that_is_refused_has_its_end_all_the_same() {
        assertThatThrownBy(() -> Template.parse("{{ with 1 }}{{ else if 1 }}{{ else if 2 }}{{ else }}{{ end }}"))
                .isInstanceOfSatisfying(
                        TemplateFaults.class, faults -> assertThat(faults.all()).hasSize(1));
    }

    @Test
    void too_deep_is_one_fault_and_its_ends_are_its_own() throws TemplateFaults {
        assertThat(Template.parse("{{ if 1 }}".repeat(32) + "deep" + "{{ end }}".repeat(32))
                        .expand(LABELS, 1))
                .isEqualTo("deep");
        assertThatThrownBy(() -> Template.parse("{{ if 1 }}".repeat(35) + "{{ end }}".repeat(35) + "{{ $valu }}"))
                .isInstanceOfSatisfying(
                        TemplateFaults.class,
                        faults -> assertThat(faults.all())
                                .extracting(TemplateFault::sentence)
                                .satisfiesExactly(
                                        deep -> assertThat(deep).isEqualTo("nested deeper than 32"),
                                        unknown -> assertThat(unknown).startsWith("undefined variable \"$valu\"")));
    }

    @Test
    void a_chain_is_as_deep_as_its_if() throws TemplateFaults {
        String chain = "{{ if 0 }}" + "{{ else if 0 }}".repeat(255) + "{{ else if 1 }}last{{ else }}none{{ end }}.";

        assertThat(Template.parse("{{ if 1 }}".repeat(31) + chain + "{{ end }}".repeat(31))
                        .expand(LABELS, 1))
                .isEqualTo("last.");
        assertThatThrownBy(() -> Template.parse(chain.replaceFirst("0", "0 }}{{ else if 0")))
                .isInstanceOfSatisfying(
                        TemplateFaults.class,
                        faults -> assertThat(faults.all())
                                .extracting(TemplateFault::sentence)
                                .containsExactly("a chain of more than 256 {{ else if }}"));
    }

    @ParameterizedTest
    @CsvSource({"EQ, false", "NE, true", "LT, false", "LE, false", "GT, true", "GE, true"})
    void compares_with_nan_as_go_does(Function function, boolean holds) {
        assertThat(function.apply(List.of(Double.NaN, 1.0))).isEqualTo(holds);
        assertThat(function.apply(List.of(1.0, Double.NaN))).isEqualTo(holds);
        assertThat(function.apply(List.of(Double.NaN, Double.NaN))).isEqualTo(holds);
    }

    @Test
    void of_a_value_that_is_not_there_neither_branch_is_said() throws TemplateFaults {
        assertThat(Template.parse("It is {{ if gt $value 5.0 }}high{{ else }}low{{ end }}.")
                        .expand(LABELS, Double.NaN))
                .isEqualTo("It is unknown.");
        assertThat(Template.parse("Hot{{ if gt $value 5.0 }}, very{{ end }}.").expand(LABELS, Double.NaN))
                .isEqualTo("Hot.");
        assertThat(Template.parse("{{ if $labels.hall }}{{ with $value }}{{ . }}{{ else }}0{{ end }}{{ end }}")
                        .expand(LABELS, Double.NaN))
                .isEqualTo("unknown");
    }

    @Test
    void what_is_asked_and_said_in_branches_counts_as_used() throws TemplateFaults {
        Template template = Template.parse(
                "{{ if $labels.hall }}{{ $labels.rack }}{{ else }}{{ with $labels.feed }}{{ . }}{{ end }}{{ end }}");

        assertThat(template.labelsUsed()).containsExactly("hall", "rack", "feed");
        assertThat(template.usesValue()).isFalse();
        assertThat(Template.parse("{{ if gt $value 5.0 }}high{{ end }}").usesValue())
                .isTrue();
        assertThat(Template.parse("{{ if $labels.hall }}{{ else }}{{ $value }}{{ end }}")
                        .usesValue())
                .isTrue();
    }

    @Test
    void a_with_in_a_with_costs_no_more_than_its_text() throws TemplateFaults {
        String text = "{{ with printf \"%.1s%.1s\" $labels.hall $labels.rack }}"
                + "{{ with printf \"%.1s%.1s\" . . }}".repeat(30) + "{{ . }}" + "{{ end }}".repeat(31);

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(Template.parse(text).expand(LABELS, 1)).isEqualTo("hh"));
    }

    @Test
    void knows_which_labels_and_whether_the_value_goes_in() throws TemplateFaults {
        Template template = Template.parse(
                "{{ $labels.hall }} {{ printf \"%s %f\" $labels.rack ($value) }} {{ index $labels \"feed\" }}");

        assertThat(template.labelsUsed()).containsExactly("hall", "rack", "feed");
        assertThat(template.usesValue()).isTrue();
        assertThat(Template.parse("{{ $labels.hall | toUpper }}").usesValue()).isFalse();
    }
}
