package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hallwatt.app.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command as a user runs it: in this process, or in one of its own. */
public final class Cli {
    private Cli() {}

    /** What came of it. */
    public record Outcome(int exit, String out, String err) {}

    public static Outcome run(Map<String, String> environment, String... args) {
        return run(environment, new ByteArrayOutputStream(), args);
    }

    /** @param err takes what it says on standard error, to be read while it runs */
    public static Outcome run(Map<String, String> environment, ByteArrayOutputStream err, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        int exit = Hallwatt.execute(terminal, environment, args);
        return new Outcome(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The one JSON document on standard output of a command that succeeds. */
    public static JsonNode json(Map<String, String> environment, String... args) throws Exception {
        Outcome outcome = run(environment, args);
        assertThat(outcome.exit()).as(outcome.err()).isZero();
        return new ObjectMapper().readTree(outcome.out());
    }

    /** A process of its own, with this test's class path. */
    public static ProcessBuilder process(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 23) { // older ones refuse the option
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Hallwatt.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }
}
