package io.hallwatt.ingest.replay;

import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.site.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a mapping file says: which data file, how its rows look, what they mean. */
public final class Mapping {
    private final Path file;
    private final Path data;
    private final boolean dataGiven;
    private final Shape shape;
    private final Meaning meaning;

    /** Forms of files. */
    enum Format {
        CSV,
        TSV,
        JSONL
    }

    /** How rows follow one another in the file. */
    enum Order {
        ASCENDING,
        DESCENDING,
        ANY
    }

    /**
     * How rows look.
     *
     * @param quoted      whether cells may stand in double quotes
     * @param columnNames where the file has no header line; empty: its first line is the header
     * @param columnCount cells of each row; 0: as many as the header has
     * @param missing     words that stand for a missing value, besides the empty cell
     * @param notData     rows that are none: by column, the text that betrays them
     */
    record Shape(
            Format format,
            char delimiter,
            boolean quoted,
            List<String> columnNames,
            int columnCount,
            Set<String> missing,
            boolean decimalComma,
            Map<String, String> notData) {
        Shape {
            columnNames = List.copyOf(columnNames);
            missing = Set.copyOf(missing);
            notData = Map.copyOf(notData);
        }
    }

    /**
     * What rows mean.
     *
     * @param mostRows    how many rows may be held in memory to be sorted
     * @param interval    what a row's energy is of; absent where rows are of instants
     * @param statesEnd   whether a row's time is its interval's end; else its start
     */
    record Meaning(
            Order order,
            int mostRows,
            RowTime time,
            @Nullable Duration interval,
            boolean statesEnd,
            List<ReadingMapping> readings) {
        Meaning {
            readings = List.copyOf(readings);
        }
    }

    Mapping(Path file, Path data, boolean dataGiven, Shape shape, Meaning meaning) {
        this.file = file;
        this.data = data;
        this.dataGiven = dataGiven;
        this.shape = shape;
        this.meaning = meaning;
    }

    /**
     * Reads a mapping file and checks its devices against the site.
     *
     * @throws InvalidInput with every fault: {@code file:line:column: what, remedy}
     */
    public static Mapping read(Path file, Site site) {
        return MappingYaml.read(file, site);
    }

    /** The same for another data file. */
    public Mapping withData(Path other) {
        return new Mapping(file, other, true, shape, meaning);
    }

    /** The mapping file. */
    public Path file() {
        return file;
    }

    /** The data file as the mapping, or the caller, names it. */
    public Path data() {
        return data;
    }

    /** Where the data file may lie, the most likely place first: as the caller said; else beside the mapping, else in each of {@code directories}. */
    List<Path> places(List<Path> directories) {
        if (dataGiven || data.isAbsolute()) {
            return List.of(data);
        }
        List<Path> places = new java.util.ArrayList<>();
        places.add(file.resolveSibling(data));
        directories.forEach(directory -> places.add(directory.resolve(data)));
        return places;
    }

    Shape shape() {
        return shape;
    }

    Meaning meaning() {
        return meaning;
    }

    /** Every column that is read. */
    Set<String> columns() {
        Set<String> columns = new TreeSet<>(shape.notData().keySet());
        columns.add(meaning.time().column());
        for (ReadingMapping reading : meaning.readings()) {
            reading.quantities().values().forEach(quantity -> columns.add(quantity.column()));
            if (reading.hall() instanceof ReadingMapping.Id.Column hall) {
                columns.add(hall.name());
            }
            if (reading.device() instanceof ReadingMapping.Id.Column device) {
                columns.add(device.name());
            }
            if (reading.stateColumn() != null) {
                columns.add(reading.stateColumn());
            }
        }
        return columns;
    }
}
