package io.hallwatt.ingest.simulate.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import io.hallwatt.contract.site.Sites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
    private final Site site = Sites.small();

    @Test
    void reads_what_goes_wrong_when_and_where() {
        Scenario scenario = Scenario.read("s.yaml", """
                faults:
                  - fault: breaker-overload
                    target: h01/r001..r002
                    feed: B
                    to: 0.9
                    at: 15s
                    for: 1m
                    every: 5m
                """, site);

        Fault.BreakerOverload fault = (Fault.BreakerOverload) scenario.faults().getFirst();
        assertThat(fault.target().devices()).containsExactly("h01/r001", "h01/r002");
        assertThat(fault.feed()).isEqualTo(Fault.FeedName.B);
        assertThat(fault.span())
                .isEqualTo(new Span(Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofMinutes(5)));
    }

    @Test
    void tells_all_that_is_wrong_with_line_and_column() {
        assertThatThrownBy(() -> Scenario.read("s.yaml", """
                        faults:
                          - fault: silense
                            target: h01
                          - fault: silence
                            target: h01/r009
                            at: 5 seconds
                            for: 10s
                            untill: 20s
                          - fault: cooling-failure
                            target: h01/r001
                            at: 5s
                          - fault: clock-skew
                            target: h01
                            at: 0s
                            for: 10s
                            every: 5s
                        """, site))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        e -> assertThat(e.faults())
                                .anySatisfy(f -> assertThat(f)
                                        .startsWith("s.yaml:2:12:")
                                        .contains("silense")
                                        .contains("silence"))
                                .anySatisfy(f -> assertThat(f)
                                        .startsWith("s.yaml:5:13:")
                                        .contains("no rack or cooling unit r009"))
                                .anySatisfy(f ->
                                        assertThat(f).startsWith("s.yaml:6:9:").contains("5 seconds"))
                                .anySatisfy(f ->
                                        assertThat(f).startsWith("s.yaml:8:5:").contains("untill"))
                                .anySatisfy(f -> assertThat(f)
                                        .startsWith("s.yaml:10:13:")
                                        .contains("names no cooling unit"))
                                .anySatisfy(f ->
                                        assertThat(f).startsWith("s.yaml:9:5:").contains("for"))
                                .anySatisfy(f -> assertThat(f).contains("give either ahead or behind"))
                                .anySatisfy(f -> assertThat(f)
                                        .startsWith("s.yaml:16:12:")
                                        .contains("never end")));
    }

    @ParameterizedTest
    @CsvSource({"all, 12", "h01, 5", "h01..h02, 10", "h02/r002, 1", "h02/r002..r003, 2", "h01/crah-1, 1", "grid, 1"})
    void a_target_is_devices_of_the_site(String text, int devices) {
        assertThat(Target.parse(text, site).devices()).hasSize(devices);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h03", "h01/r004", "h01/r003..r001", "h01/", "", "h01/r001..crah-1", "r001"})
    void a_target_that_the_site_does_not_have_is_refused(String text) {
        assertThatThrownBy(() -> Target.parse(text, site)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_span_is_on_from_its_begin_up_to_its_end_and_again() {
        Span span = new Span(Duration.ofMillis(10), Duration.ofMillis(5), Duration.ofMillis(20));

        assertThat(LongStream.of(10, 14, 30, 34).allMatch(span::covers)).isTrue();
        assertThat(LongStream.of(0, 9, 15, 29, 35).noneMatch(span::covers)).isTrue();
        assertThat(new long[] {span.nextEdge(0), span.nextEdge(10), span.nextEdge(15), span.nextEdge(30)})
                .containsExactly(10, 15, 30, 35);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overload", "cooling-failure", "silent-hall", "everything"})
    void the_examples_hold_for_the_reference_site(String name) throws IOException {
        String text = Files.readString(Path.of("../examples/scenarios/" + name + ".yaml"));

        assertThat(Scenario.read(name + ".yaml", text, SiteYaml.reference()).faults())
                .isNotEmpty();
    }
}
