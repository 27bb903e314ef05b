package io.hallwatt.app.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows a run as it goes: a block of lines drawn over itself once a second on a terminal, else one plain line every 10 s. */
public final class LiveView {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final Duration BETWEEN_SIZES = Duration.ofSeconds(3);
    private static final String CLEAR_BELOW = "\u001b[J";
    /** Before the text, not after it: a cursor behind the last column stands on the last character, which would go too. */
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final Terminal terminal;
    private final Supplier<WindowSize> window;
    private WindowSize size = WindowSize.DEFAULT;
    private Instant told;
    private @Nullable Instant measured;
    private List<Picture.Line> drawn = List.of();

    LiveView(Terminal terminal, Instant start, Supplier<WindowSize> window) {
        this.terminal = terminal;
        this.told = start;
        this.window = window;
    }

    /** A view in the window of this process's terminal, whatever size it is given meanwhile. */
    public static LiveView of(Terminal terminal, Instant start, Map<String, String> environment) {
        return new LiveView(terminal, start, () -> WindowSize.ask(environment));
    }

    /** To be called about once a second. */
    public void show(Picture picture, Instant now) {
        if (terminal.interactive()) {
            if (measured == null || !now.isBefore(measured.plus(BETWEEN_SIZES))) {
                measured = now;
                size = window.get();
            }
            draw(picture.lines(now, size));
        } else if (Duration.between(told, now).compareTo(BETWEEN_LINES) >= 0) {
            told = now;
            terminal.say(picture.line());
        }
    }

    private void draw(List<Picture.Line> lines) {
        StringBuilder text = new StringBuilder();
        int up = drawn.stream().mapToInt(this::rows).sum();
        if (up > 0) {
            text.append("\u001b[%dA".formatted(Math.min(up, size.rows())));
        }
        lines.forEach(line -> text.append(CLEAR_LINE).append(line.in(terminal)).append('\n'));
        terminal.err().print(text.append(CLEAR_BELOW));
        terminal.err().flush();
        drawn = lines;
    }

    /** More than one where the window has become narrower since the line was drawn: terminals then break it. */
    private int rows(Picture.Line line) {
        return Math.max(1, Math.ceilDiv(line.length(), size.columns()));
    }
}
