package io.hallwatt.app.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Shows a run as it goes: a block of lines drawn over itself once a second on a terminal, else one plain line every 10 s. */
public final class LiveView {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final String CLEAR_LINE = "\u001b[2K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final Terminal terminal;
    private Instant told;
    private int drawn;

    public LiveView(Terminal terminal, Instant start) {
        this.terminal = terminal;
        this.told = start;
    }

    /** To be called about once a second. */
    public void show(Picture picture, Instant now) {
        if (terminal.interactive()) {
            draw(picture.lines(terminal));
        } else if (Duration.between(told, now).compareTo(BETWEEN_LINES) >= 0) {
            told = now;
            terminal.say(picture.line());
        }
    }

    private void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        if (drawn > 0) {
            text.append("\u001b[%dA".formatted(drawn));
        }
        lines.forEach(line -> text.append(CLEAR_LINE).append(line).append('\n'));
        terminal.err().print(text.append(CLEAR_BELOW));
        terminal.err().flush();
        drawn = lines.size();
    }
}
