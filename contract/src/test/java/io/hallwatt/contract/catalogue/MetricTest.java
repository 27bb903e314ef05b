package io.hallwatt.contract.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {
    @Test
    void names_are_unique() {
        assertThat(Arrays.stream(Metric.values()).map(Metric::prometheusName)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Metric.values()).map(m -> m.scope() + " " + m.field()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void a_metric_is_found_by_both_its_names(Metric metric) {
        assertThat(Metric.named(metric.prometheusName())).contains(metric);
        assertThat(Metric.inRecord(metric.scope(), metric.field())).contains(metric);
    }

    /** prometheus/docs practices/naming: one prefix, base units as plural suffix, no other unit, no suffix that OpenMetrics reserves. */
    @ParameterizedTest
    @EnumSource
    void names_keep_prometheus_rules(Metric metric) {
        String name = metric.prometheusName();

        assertThat(name).matches("hallwatt_(rack|hall|site)_[a-z0-9]+(_[a-z0-9]+)*");
        assertThat(name).doesNotMatch(".*_(total|created|bucket|count|sum|info)");
        assertThat(name).doesNotMatch(".*(kwh|kw|percent|milliwatt|hours|kelvin|mwh).*");
        assertThat(name.split("_")).doesNotHaveDuplicates();
        if (!metric.unit().prometheusSuffix().isEmpty()) {
            assertThat(name).endsWith("_" + metric.unit().prometheusSuffix());
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_label_stands_in_a_name_twice(Metric metric) {
        List<String> labels = metric.dimensions().stream().map(Dimension::label).toList();

        assertThat(labels).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void each_says_what_it_is_and_how_it_is_computed(Metric metric) {
        assertThat(metric.help()).isNotBlank().doesNotEndWith(".").doesNotContain("\n");
        assertThat(metric.formula()).isNotBlank();
    }
}
