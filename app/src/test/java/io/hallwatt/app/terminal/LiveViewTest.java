package io.hallwatt.app.terminal;

import static io.hallwatt.app.terminal.Moments.NOW;
import static io.hallwatt.app.terminal.Moments.glimpse;
import static io.hallwatt.app.terminal.Moments.hall;
import static io.hallwatt.app.terminal.Moments.picture;
import static io.hallwatt.app.terminal.Moments.rackAlert;
import static io.hallwatt.contract.AlertState.FIRING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<LiveView> opened = new ArrayList<>();
    private WindowSize window = new WindowSize(80, 24);

    @Test
    void a_frame_goes_up_by_the_rows_of_the_one_before_and_erases_each_line_and_all_below() {
        LiveView view = view(true);
        view.show(picture(glimpse(List.of(hall("h01", 0.5, 0)), List.of(rackAlert(FIRING, "r1", "info", NOW)))), NOW);
        long rows = taken().chars().filter(c -> c == '\n').count();

        view.show(picture(glimpse(List.of(), List.of())), NOW.plusSeconds(1));

        String frame = taken();
        assertThat(frame).startsWith("\u001b[" + rows + "A\r\u001b[2K").endsWith("\n\u001b[J");
        assertThat(frame.lines().filter(line -> line.contains("\u001b[2K")).count())
                .isEqualTo(frame.chars().filter(c -> c == '\n').count());
    }

    @Test
    void a_window_that_became_narrower_is_noticed_and_the_lines_that_it_broke_are_overwritten() {
        LiveView view = view(true);
        view.show(picture(glimpse(List.of(), List.of())), NOW);
        List<String> before = rows(taken());
        window = new WindowSize(40, 24);

        view.show(picture(glimpse(List.of(), List.of())), NOW.plusSeconds(5));

        int broken =
                before.stream().mapToInt(row -> Math.ceilDiv(row.length(), 40)).sum();
        String frame = taken();
        assertThat(broken).isGreaterThan(before.size());
        assertThat(frame).startsWith("\u001b[" + broken + "A");
        assertThat(rows(frame)).allSatisfy(row -> assertThat(row).hasSizeLessThanOrEqualTo(40));
    }

    @Test
    void where_nobody_watches_there_is_one_plain_line_every_ten_seconds() {
        LiveView view = view(false);
        for (int second = 1; second <= 20; second++) {
            view.show(picture(glimpse(List.of(), List.of())), NOW.plusSeconds(second));
        }

        assertThat(taken().lines())
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).startsWith("site 312.34 MW").doesNotContain("\u001b"));
    }

    @Test
    void the_size_is_what_stty_says_else_what_the_environment_says_else_80_by_24() {
        assertThat(WindowSize.ofStty("50 132\n")).contains(new WindowSize(132, 50));
        assertThat(WindowSize.ofStty("0 0\n")).isEmpty();
        assertThat(WindowSize.ofStty("")).isEmpty();
        assertThat(WindowSize.ofEnvironment(Map.of("COLUMNS", "100", "LINES", "30")))
                .isEqualTo(new WindowSize(100, 30));
        assertThat(WindowSize.ofEnvironment(Map.of("COLUMNS", "wide", "LINES", "0")))
                .isEqualTo(new WindowSize(80, 24));
    }

    @Test
    void what_others_print_to_standard_error_stays_above_the_frame_which_is_drawn_again_below() {
        LiveView view = view(true);
        view.show(picture(glimpse(List.of(hall("h01", 0.5, 0)), List.of())), NOW);
        Screen screen = new Screen(80);
        screen.take(taken());
        List<String> frame = screen.rows();

        System.err.print("ERROR LiveRules Rules are ");
        assertThat(taken()).as("half a line").isEmpty();
        System.err.print("refused\nERROR LiveRules Refused a.yaml:1:1\nha");
        screen.take(taken());
        view.show(picture(glimpse(List.of(), List.of())), NOW.plusSeconds(1));
        screen.take(taken());
        view.show(picture(glimpse(List.of(hall("h01", 0.5, 0)), List.of())), NOW.plusSeconds(2));
        view.close();
        screen.take(taken());

        assertThat(screen.rows().subList(0, 2))
                .containsExactly("ERROR LiveRules Rules are refused", "ERROR LiveRules Refused a.yaml:1:1");
        assertThat(screen.rows().subList(2, screen.rows().size()))
                .as("half a line comes when it is certain that it has no end")
                .startsWith("ha")
                .filteredOn(row -> !row.equals("ha"))
                .containsExactlyElementsOf(later(frame));
    }

    @Test
    void a_view_that_is_closed_or_draws_nothing_leaves_standard_error_alone() {
        PrintStream before = System.err;
        LiveView plain = view(false);
        assertThat(System.err).isSameAs(before);
        plain.close();

        LiveView drawing = view(true);
        assertThat(System.err).isNotSameAs(before);
        drawing.close();

        assertThat(System.err).isSameAs(before);
    }

    /** The frame two seconds on. */
    private static List<String> later(List<String> frame) {
        return frame.stream().map(row -> row.replace(":30:00", ":30:02")).toList();
    }

    private LiveView view(boolean interactive) {
        PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);
        LiveView view = new LiveView(new Terminal(stream, stream, interactive, false), NOW, () -> window);
        opened.add(view);
        return view;
    }

    @AfterEach
    void close() {
        opened.reversed().forEach(LiveView::close);
    }

    private String taken() {
        String text = written.toString(StandardCharsets.UTF_8);
        written.reset();
        return text;
    }

    /** What stands on the screen, without escape sequences. */
    private static List<String> rows(String frame) {
        return Stream.of(frame.split("\n"))
                .map(row -> row.replaceAll("\u001b\\[\\d*[A-Z]|\r", ""))
                .filter(row -> !row.isEmpty())
                .toList();
    }
}
