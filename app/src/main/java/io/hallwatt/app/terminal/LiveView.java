package io.hallwatt.app.terminal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows a run as it goes: a block of lines drawn over itself once a second on a terminal, else one plain line every 10 s. On a terminal, what the process writes to
 * standard error meanwhile, as its log does, comes to stand above the block and stays there. Used by several threads.
 */
public final class LiveView implements AutoCloseable {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final Duration BETWEEN_SIZES = Duration.ofSeconds(3);
    private static final String CLEAR_BELOW = "\u001b[J";
    /** Before the text, not after it: a cursor behind the last column stands on the last character, which would go too. */
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final Terminal terminal;
    private final Supplier<WindowSize> window;
    private final WholeLines above = new WholeLines(this::above);
    private final PrintStream before = System.err;
    private WindowSize size = WindowSize.DEFAULT;
    private Instant told;
    private @Nullable Instant measured;
    private List<Picture.Line> drawn = List.of();

    /** Takes standard error from the process until it is closed, where it draws. */
    LiveView(Terminal terminal, Instant start, Supplier<WindowSize> window) {
        this.terminal = terminal;
        this.told = start;
        this.window = window;
        if (terminal.interactive()) {
            System.setErr(new PrintStream(above, true, StandardCharsets.UTF_8));
        }
    }

    /** A view in the window of this process's terminal, whatever size it is given meanwhile. */
    public static LiveView of(Terminal terminal, Instant start, Map<String, String> environment) {
        return new LiveView(terminal, start, () -> WindowSize.ask(environment));
    }

    /** To be called about once a second. */
    public synchronized void show(Picture picture, Instant now) {
        if (terminal.interactive()) {
            if (measured == null || !now.isBefore(measured.plus(BETWEEN_SIZES))) {
                measured = now;
                size = window.get();
            }
            draw(picture.lines(now, size));
        } else if (Duration.between(told, now).compareTo(BETWEEN_LINES) >= 0) {
            told = now;
            terminal.say(picture.line(now));
        }
    }

    /** Leaves the last block as it is, and standard error to the process. */
    @Override
    public void close() {
        if (terminal.interactive()) {
            System.setErr(before);
            above.close();
        }
    }

    private void draw(List<Picture.Line> lines) {
        StringBuilder text = toTheTop();
        lines.forEach(line -> text.append(CLEAR_LINE).append(line.in(terminal)).append('\n'));
        print(text.append(CLEAR_BELOW));
        drawn = lines;
    }

    private synchronized void above(String lines) {
        StringBuilder text = toTheTop().append('\r').append(CLEAR_BELOW).append(lines);
        drawn.forEach(line -> text.append(line.in(terminal)).append('\n'));
        print(text);
    }

    private StringBuilder toTheTop() {
        int up = drawn.stream().mapToInt(this::rows).sum();
        return new StringBuilder(up > 0 ? "\u001b[%dA".formatted(Math.min(up, size.rows())) : "");
    }

    private void print(StringBuilder text) {
        terminal.err().print(text);
        terminal.err().flush();
    }

    /** More than one where the window has become narrower since the line was drawn: terminals then break it. */
    private int rows(Picture.Line line) {
        return Math.max(1, Math.ceilDiv(line.length(), size.columns()));
    }
}
