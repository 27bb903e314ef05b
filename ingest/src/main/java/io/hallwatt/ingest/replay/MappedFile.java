package io.hallwatt.ingest.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.Rejected;
import io.hallwatt.contract.config.Choices;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.wire.Malformed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data file seen through its mapping: rows by time, whatever their order in the file; refused lines as soon as they are met. */
final class MappedFile implements AutoCloseable {
    private final Mapping mapping;
    private final Row.FileName name;
    private final Lines lines;
    private final RowParser parser;
    private final FileTally tally;
    private final List<Row> toSort = new ArrayList<>();
    private @Nullable Iterator<Row> sorted;
    private long given;
    private @Nullable Row before;

    /** What a file gives: a row, or why a line is none. */
    sealed interface Line {
        record Taken(Row row) implements Line {}

        record Refused(Rejected rejected) implements Line {}
    }

    /** @throws InvalidInput if the file cannot be read, is no text, or its header does not fit the mapping */
    MappedFile(Mapping mapping, Path data) {
        this.mapping = mapping;
        this.name = Row.FileName.of(String.valueOf(data.getFileName()));
        this.tally = new FileTally(name.text(), data.toFile().length());
        this.lines = new Lines(data, name.text());
        if (mapping.shape().format() == Mapping.Format.JSONL) {
            this.parser = new JsonRows(mapping.shape());
        } else {
            DelimitedRows rows = new DelimitedRows(mapping.shape());
            this.parser = rows;
            if (rows.wantsHeader()) {
                readHeader(rows);
            }
        }
    }

    private void readHeader(DelimitedRows rows) {
        byte[] header = lines.next();
        Faults faults = new Faults(name.text());
        if (header == null) {
            faults.at(1, 1, "the file is empty; a header is expected");
        } else {
            try {
                rows.header(decode(header), mapping.columns(), mapping.file().toString(), faults);
            } catch (Malformed e) {
                faults.at(1, 1, "%s", e.reason());
            }
        }
        if (!faults.none()) {
            close();
            faults.throwIfAny();
        }
    }

    FileTally tally() {
        return tally;
    }

    /** The next line in the order of time; null at the end. */
    @Nullable
    Line next() {
        if (mapping.meaning().order() == Mapping.Order.ASCENDING) {
            Line line = read();
            tally.reached(lines.position());
            return line;
        }
        return nextSorted();
    }

    /** The row's values; what was parsed once parses again. */
    Cells cells(Row row) throws Malformed {
        return parser.parse(decode(row.bytes()));
    }

    private @Nullable Line nextSorted() {
        if (sorted == null) {
            for (Line line = read(); line != null; line = read()) {
                if (line instanceof Line.Taken taken) {
                    keep(taken.row());
                } else {
                    return line;
                }
            }
            toSort.sort(Comparator.comparing(Row::at).thenComparingLong(Row::line));
            sorted = toSort.iterator();
        }
        if (!sorted.hasNext()) {
            return null;
        }
        Row row = sorted.next();
        tally.reachedPart(++given, toSort.size());
        return new Line.Taken(row);
    }

    private void keep(Row row) {
        if (toSort.size() == mapping.meaning().mostRows()) {
            throw new InvalidInput(
                    "%s: more than %,d rows to sort in memory (order %s); sort the file and say order: ascending, or raise most-rows in %s"
                            .formatted(
                                    name.text(),
                                    mapping.meaning().mostRows(),
                                    Choices.written(mapping.meaning().order()),
                                    mapping.file()));
        }
        toSort.add(row);
    }

    private @Nullable Line read() {
        byte[] bytes = lines.next();
        if (bytes == null) {
            return null;
        }
        try {
            Row row = row(bytes);
            checkOrder(row);
            before = row;
            return new Line.Taken(row);
        } catch (Malformed e) {
            return new Line.Refused(new Rejected(bytes, name.text() + ":" + lines.number(), e.code(), e.reason()));
        }
    }

    private Row row(byte[] bytes) throws Malformed {
        if (lines.tooLong()) {
            throw new Malformed(
                    RejectCode.TOO_LARGE,
                    "the line is longer than %,d bytes, of which the first are kept".formatted(Lines.LONGEST));
        }
        Cells cells = parser.parse(decode(bytes));
        for (Map.Entry<String, String> betrayal : mapping.shape().notData().entrySet()) {
            if (betrayal.getValue().equals(cells.get(betrayal.getKey()))) {
                throw new Malformed(
                        RejectCode.NOT_DATA,
                        "%s is \"%s\", which the mapping calls no data."
                                .formatted(betrayal.getKey(), betrayal.getValue()));
            }
        }
        Mapping.Meaning meaning = mapping.meaning();
        Instant stated = meaning.time().read(cells);
        Duration interval = meaning.interval();
        if (interval == null) {
            return new Row(name, lines.number(), stated, null, bytes);
        }
        Instant start = meaning.statesEnd() ? stated.minus(interval) : stated;
        return new Row(name, lines.number(), start.plus(interval), start, bytes);
    }

    private void checkOrder(Row row) throws Malformed {
        if (before == null) {
            return;
        }
        int step = row.at().compareTo(before.at());
        boolean wrong = switch (mapping.meaning().order()) {
            case ASCENDING -> step < 0;
            case DESCENDING -> step > 0;
            case ANY -> false;
        };
        if (wrong) {
            throw new Malformed(
                    RejectCode.OUT_OF_ORDER,
                    "%s, but line %d before it has %s; say order: any in the mapping if rows come so"
                            .formatted(row.at(), before.line(), before.at()));
        }
    }

    private static String decode(byte[] bytes) throws Malformed {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed(
                    RejectCode.MALFORMED, "the line is not UTF-8; write the file as UTF-8 (iconv -t UTF-8)");
        }
    }

    @Override
    public void close() {
        lines.close();
    }
}
