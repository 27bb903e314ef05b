package io.hallwatt.app.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How much a terminal shows at once. */
record WindowSize(int columns, int rows) {
    static final WindowSize DEFAULT = new WindowSize(80, 24);
    private static final Pattern STTY = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,4}");

    WindowSize {
        if (columns < 1 || rows < 1) {
            throw new IllegalArgumentException("a window of %d × %d shows nothing".formatted(columns, rows));
        }
    }

    /** What the terminal itself says, else {@code COLUMNS} and {@code LINES}, else 80 × 24. Starts a process. */
    static WindowSize ask(Map<String, String> environment) {
        return stty().flatMap(WindowSize::ofStty).orElseGet(() -> ofEnvironment(environment));
    }

    /** Of what {@code stty size} prints: rows, then columns. Both are 0 where the terminal does not know. */
    static Optional<WindowSize> ofStty(String printed) {
        Matcher numbers = STTY.matcher(printed);
        if (!numbers.matches()) {
            return Optional.empty();
        }
        int rows = Integer.parseInt(numbers.group(1));
        int columns = Integer.parseInt(numbers.group(2));
        return rows > 0 && columns > 0 ? Optional.of(new WindowSize(columns, rows)) : Optional.empty();
    }

    static WindowSize ofEnvironment(Map<String, String> environment) {
        return new WindowSize(
                number(environment.get("COLUMNS"), DEFAULT.columns), number(environment.get("LINES"), DEFAULT.rows));
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && NUMBER.matcher(text).matches() ? Integer.parseInt(text) : otherwise;
    }

    private static Optional<String> stty() {
        try {
            Process process = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return Optional.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return Optional.empty(); // no terminal, or no stty: the environment decides
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
