package io.hallwatt.alerting.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

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

    /** Each cell with its row's name, its column's head, and what stands in it. */
    public static Stream<Arguments> byCell(String heading) {
        List<List<String>> table = cells(heading);
        List<String> heads = table.getFirst();
        return table.stream()
                .skip(1)
                .flatMap(row -> IntStream.range(1, row.size())
                        .mapToObj(column -> Arguments.of(row.getFirst(), heads.get(column), row.get(column))));
    }

    /** All rows with the heads. */
    private static List<List<String>> cells(String heading) {
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
