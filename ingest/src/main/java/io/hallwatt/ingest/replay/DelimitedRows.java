package io.hallwatt.ingest.replay;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.config.Count;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.wire.Malformed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of cells with a delimiter between: CSV (RFC 4180) and TSV. A row is one line: a quoted cell does not go on in the next, so that one lost quote costs one row. */
final class DelimitedRows implements RowParser {
    private final Mapping.Shape shape;
    private final Map<String, Integer> columns = new HashMap<>();
    private int width;

    DelimitedRows(Mapping.Shape shape) {
        this.shape = shape;
        this.width = shape.columnCount();
        number(shape.columnNames());
    }

    /** Whether the file's first line names the columns. */
    boolean wantsHeader() {
        return shape.columnNames().isEmpty();
    }

    /** Takes the header; notes what of it does not fit the mapping. */
    void header(String line, Set<String> needed, String mapping, Faults faults) {
        List<String> names;
        try {
            names = split(line);
        } catch (Malformed e) {
            faults.at(1, 1, "the header is unreadable: %s", e.reason());
            return;
        }
        number(names);
        if (width == 0) {
            width = names.size();
        }
        if (names.size() != width) {
            faults.at(
                    1,
                    1,
                    "the header has %s, the mapping %s says %d (\"%s\"); mend column-count, format or delimiter",
                    Count.of(names.size(), "column"),
                    mapping,
                    width,
                    Shown.cut(line));
        }
        for (String column : needed) {
            if (!columns.containsKey(column)) {
                faults.at(
                        1,
                        1,
                        "the header has no column \"%s\", which the mapping %s reads%s",
                        column,
                        mapping,
                        Nearest.hint(column, columns.keySet()));
            }
            if (names.indexOf(column) != names.lastIndexOf(column)) {
                faults.at(
                        1,
                        1,
                        "the header has column \"%s\" twice, and the mapping %s reads it; name the columns with column-names",
                        column,
                        mapping);
            }
        }
    }

    private void number(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            columns.putIfAbsent(names.get(i), i);
        }
    }

    @Override
    public Cells parse(String line) throws Malformed {
        if (line.isBlank()) {
            throw new Malformed(RejectCode.NOT_DATA, "an empty line, %d columns expected.".formatted(width));
        }
        List<String> cells = split(line);
        if (cells.size() != width) {
            throw new Malformed(
                    RejectCode.NOT_DATA,
                    "%d column%s, %d expected (\"%s\")."
                            .formatted(cells.size(), cells.size() == 1 ? "" : "s", width, Shown.cut(line)));
        }
        return column -> {
            Integer index = columns.get(column);
            return index == null ? null : present(cells.get(index));
        };
    }

    private @Nullable String present(String cell) {
        String text = cell.strip();
        return text.isEmpty() || shape.missing().contains(text) ? null : text;
    }

    private List<String> split(String line) throws Malformed {
        if (shape.quoted() && line.indexOf('"') >= 0) {
            return unquote(line);
        }
        List<String> cells = new ArrayList<>(Math.max(4, width));
        int from = 0;
        for (int to = line.indexOf(shape.delimiter()); to >= 0; to = line.indexOf(shape.delimiter(), from)) {
            cells.add(line.substring(from, to));
            from = to + 1;
        }
        cells.add(line.substring(from));
        return cells;
    }

    private List<String> unquote(String line) throws Malformed {
        try {
            return CsvReader.builder()
                    .fieldSeparator(shape.delimiter())
                    .skipEmptyLines(false)
                    .allowUnclosedQuote(false)
                    .ofSingleCsvRecord(line)
                    .getFields();
        } catch (CsvParseException e) {
            throw new Malformed(
                    RejectCode.MALFORMED,
                    "a quote is not closed, or text follows its end (\"%s\").".formatted(Shown.cut(line)));
        }
    }
}
