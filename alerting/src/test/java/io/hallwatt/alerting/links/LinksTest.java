package io.hallwatt.alerting.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
    private static final Map<String, String> IN_A_HALL = Map.of("site", "s1", "hall", "h 01");

    @ParameterizedTest
    @ValueSource(strings = {"https://hallwatt.example/console", "https://hallwatt.example/console/"})
    void a_slash_at_the_end_of_an_address_changes_nothing(String address) {
        Links links = new Links(URI.create(address), URI.create(address));

        assertThat(links.alert("f1")).hasValue(URI.create("https://hallwatt.example/console/alerts#f1"));
        assertThat(links.complete(Map.of("runbook_url", "docs/runbooks/a.md"), IN_A_HALL, "f1"))
                .containsOnly(
                        Map.entry("link", "https://hallwatt.example/console/halls/h%2001"),
                        Map.entry("runbook_url", "https://hallwatt.example/console/docs/runbooks/a.md"));
    }

    @Test
    void without_a_console_nothing_leads_to_it() {
        assertThat(Links.NONE.alert("f1")).isEmpty();
        assertThat(Links.NONE.complete(Map.of("summary", "s"), IN_A_HALL, "f1"))
                .containsOnly(Map.entry("summary", "s"));
    }

    @Test
    void without_a_place_for_runbooks_a_runbook_is_named_but_is_no_link() {
        assertThat(Links.NONE.complete(Map.of("runbook_url", "docs/runbooks/a.md"), IN_A_HALL, "f1"))
                .containsOnly(Map.entry("runbook", "docs/runbooks/a.md"));
    }

    @Test
    void what_a_rule_gives_whole_stays_as_it_is() {
        Map<String, String> given =
                Map.of("runbook_url", "https://wiki.example/r?id=1", "link", "https://dashboards.example/");
        Links links = new Links(URI.create("https://hallwatt.example"), URI.create("https://runbooks.example"));

        assertThat(links.complete(given, IN_A_HALL, "f1")).isEqualTo(given);
    }

    @Test
    void an_alert_without_a_hall_leads_to_its_own_page() {
        Links links = new Links(URI.create("https://hallwatt.example"), null);

        assertThat(links.complete(Map.of(), Map.of("site", "s1"), "f1"))
                .containsOnly(Map.entry("link", "https://hallwatt.example/alerts#f1"));
    }
}
