package io.hallwatt.app.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryCheckTest {
    private static final String GOOD = """
            { "readings": { "sent": 12, "accepted": 10, "rejected": { "BAD_TIME": 2 } },
              "aggregated": { "readings": 7, "duplicates": 2, "late": 1 },
              "energy": { "registersMilliwattHours": 9, "hourlyMilliwattHours": 4, "openMilliwattHours": 5 },
              "windows": { "1s": 1, "1m": 0, "15m": 0, "1h": 0 },
              "lag": { "max": 3, "end": 0 } }
            """;

    @Test
    void a_run_that_adds_up_has_no_fault() {
        assertThat(check(GOOD)).isEmpty();
    }

    @Test
    void a_reading_lost_is_told_with_both_figures() {
        assertThat(check(GOOD.replace("\"readings\": 7", "\"readings\": 6")))
                .containsExactly("accepted 10, but counted, duplicate and late 9");
    }

    @Test
    void a_milliwatt_hour_lost_is_told_with_both_figures() {
        assertThat(check(GOOD.replace("\"hourlyMilliwattHours\": 4", "\"hourlyMilliwattHours\": 3")))
                .containsExactly("registers 9 mWh, but hours + open 8 mWh");
    }

    @Test
    void a_refusal_without_reason_is_told() {
        assertThat(check(GOOD.replace("\"BAD_TIME\": 2", "\"BAD_TIME\": 1")))
                .containsExactly("sent 12, but accepted + rejected 11");
    }

    @Test
    void a_figure_that_is_missing_or_no_number_is_named() {
        assertThat(check(GOOD.replace("\"sent\": 12", "\"sent\": \"12\"").replace("\"late\"", "\"later\"")))
                .containsExactly(
                        "/readings/sent is \"12\", not a whole number",
                        "/aggregated/late is missing, not a whole number");
    }

    private static List<String> check(String json) {
        return SummaryCheck.faults(SummaryJson.read("summary.json", json));
    }
}
