package io.hallwatt.alerting.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The tables of docs/alert-states.md. */
public final class TruthTable {
    private static final Path PAGE = Path.of("..", "docs", "alert-states.md");

    private TruthTable() {}

    /** All rows of the tables under a heading, heads apart: cells without their marks. */
    public static List<List<String>> under(String heading) {
        return cells(heading).stream()
                .filter(row -> !row.getFirst().equals("for"))
                .toList();
    }

    /** The same with the heads. */
    public static List<List<String>> cells(String heading) {
        try {
            List<String> lines = Files.readAllLines(PAGE);
            return lines.subList(lines.indexOf(heading) + 1, lines.size()).stream()
                    .takeWhile(line -> !line.startsWith("## "))
                    .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
                    .map(TruthTable::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> row(String line) {
        String inner = line.substring(1, line.length() - 1).replace("`", "");
        return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
    }
}
