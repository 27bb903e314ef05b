package io.hallwatt.alerting.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.AlertState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EpisodeCsvTest {
    private static final Instant BEGAN = Instant.parse("2026-01-15T12:00:00Z");

    @Test
    void a_line_an_episode_with_commas_and_quotes_kept() {
        assertThat(csv("Hot", "more than \"27\", and rising")).isEqualTo("""
                rule,severity,state,site,hall,rack,labels,began,fired,ended,seconds,firingSeconds,ending,highest,lowest,threshold,summary,fingerprint,plannedWork
                Hot,critical,firing,,h01,,hall=h01 severity=critical,2026-01-15T12:00:00Z,2026-01-15T12:00:10Z,,60,50,,-3.5,-4.5,,"more than ""27"", and rising",f,
                """.replace("\n", "\r\n"));
    }

    @Test
    void what_a_spreadsheet_would_run_is_text() {
        for (String formula : List.of("=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")) {
            assertThat(csv("Hot", formula)).contains("'" + formula);
        }
        assertThat(csv("=cmd|' /C calc'!A0", "")).contains("\r\n'=cmd|' /C calc'!A0,");
    }

    private static String csv(String rule, String summary) {
        Episode episode = new Episode(
                "f",
                rule,
                new TreeMap<>(Map.of("hall", "h01", "severity", "critical")),
                new TreeMap<>(Map.of("summary", summary)),
                AlertState.FIRING,
                BEGAN,
                true,
                BEGAN.plusSeconds(10),
                null,
                null,
                null,
                -3.5,
                -4.5,
                null,
                null);
        return EpisodeCsv.write(List.of(episode), BEGAN.plusSeconds(60));
    }
}
