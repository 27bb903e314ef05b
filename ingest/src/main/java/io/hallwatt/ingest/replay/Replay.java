package io.hallwatt.ingest.replay;

import io.hallwatt.contract.Reading;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.Rejected;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.ingest.Batch;
import io.hallwatt.ingest.Source;
import io.hallwatt.ingest.replay.RowDecoder.Draft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Files as a source: all mappings' rows in the order of event time, as fast as they are taken. The same files give the same readings with the same sequence
 * numbers, so that a replay done twice counts once.
 */
public final class Replay implements Source {
    private static final int BATCH = 1_000;

    private final ReplayListener listener;
    private final List<Input> inputs = new ArrayList<>();
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparing((Head head) -> head.row().at())
                    .thenComparingInt(head -> head.input().number()));
    private final Map<String, DeviceProgress> devices = new HashMap<>();
    private final List<Batch.Item> items = new ArrayList<>();
    private boolean primed;
    private long readings;

    /** One mapping and its file. */
    private record Input(int number, MappedFile file, RowDecoder decoder) {}

    /** The row that an input gives next. */
    private record Head(Input input, Row row) {}

    /** A device's newest row and how many readings it has given. */
    private record DeviceProgress(Row newest, long readings) {}

    /**
     * Opens the files.
     *
     * @param directories where data files are looked for that do not lie beside their mapping
     * @throws InvalidInput naming every file that is missing, unreadable, or does not fit its mapping
     */
    public Replay(List<Mapping> mappings, SiteId site, List<Path> directories, ReplayListener listener) {
        this.listener = listener;
        List<String> faults = new ArrayList<>();
        for (Mapping mapping : mappings) {
            try {
                MappedFile file = new MappedFile(mapping, find(mapping, directories));
                inputs.add(new Input(inputs.size(), file, new RowDecoder(site, mapping)));
            } catch (InvalidInput e) {
                faults.addAll(e.faults());
            }
        }
        if (!faults.isEmpty()) {
            close();
            throw new InvalidInput(faults);
        }
    }

    /**
     * Where data files that do not belong to the project are looked for: the directory that {@code HALLWATT_REAL_DATA} names, then {@code ../shared/data}.
     *
     * @param environment      as {@link System#getenv()} has it
     * @param workingDirectory what the second is relative to
     */
    public static List<Path> dataDirectories(Map<String, String> environment, Path workingDirectory) {
        List<Path> directories = new ArrayList<>();
        String named = environment.get("HALLWATT_REAL_DATA");
        if (named != null && !named.isBlank()) {
            directories.add(Path.of(named));
        }
        directories.add(workingDirectory.resolve("../shared/data").normalize());
        return directories;
    }

    private static Path find(Mapping mapping, List<Path> directories) {
        List<Path> places = mapping.places(directories);
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                return place;
            }
        }
        Optional<Path> folder = places.stream().filter(Files::isDirectory).findFirst();
        if (folder.isPresent()) {
            throw new InvalidInput("%s: %s is a folder, not a data file. Give the file's path with --mapping %s=DATA"
                    .formatted(mapping.file(), folder.get(), mapping.file()));
        }
        throw new InvalidInput("%s: the data file %s is not there; looked at %s. Give its path with --mapping %s=DATA"
                .formatted(
                        mapping.file(),
                        mapping.data(),
                        String.join(", ", places.stream().map(Path::toString).toList()),
                        mapping.file()));
    }

    @Override
    public @Nullable Batch next() {
        if (!primed) {
            primed = true;
            inputs.forEach(this::advance);
        }
        while (items.size() < BATCH && !heads.isEmpty()) {
            Head head = heads.remove();
            take(head);
            advance(head.input());
        }
        listener.progress(new ReplayListener.Progress(
                inputs.stream()
                        .mapToLong(input -> input.file().tally().bytesDone())
                        .sum(),
                inputs.stream().mapToLong(input -> input.file().tally().bytes()).sum(),
                readings));
        if (items.isEmpty()) {
            return null;
        }
        List<Batch.Item> first = items.subList(0, Math.min(BATCH, items.size()));
        Batch batch = new Batch(first);
        first.clear();
        return batch;
    }

    /** Puts the input's next row where the merge sees it; refused lines before it go out at once. */
    private void advance(Input input) {
        for (MappedFile.Line line = input.file().next();
                line != null;
                line = input.file().next()) {
            switch (line) {
                case MappedFile.Line.Taken taken -> {
                    heads.add(new Head(input, taken.row()));
                    return;
                }
                case MappedFile.Line.Refused refused -> refuse(input, refused.rejected());
            }
        }
        listener.ended(input.file().tally().summary());
    }

    private void take(Head head) {
        Row row = head.row();
        try {
            List<Draft> drafts =
                    head.input().decoder().decode(head.input().file().cells(row), row.at(), row.start());
            for (Draft draft : drafts) {
                refuseRepeated(draft.device(), row);
            }
            for (Draft draft : drafts) {
                items.add(new Batch.Read(number(draft, row), row));
            }
            readings += drafts.size();
            head.input().file().tally().taken();
        } catch (Malformed e) {
            refuse(head.input(), new Rejected(row.bytes(), row.place(), e.code(), e.reason()));
        }
    }

    private void refuseRepeated(String device, Row row) throws Malformed {
        DeviceProgress progress = devices.get(device);
        if (progress != null && progress.newest().at().equals(row.at())) {
            throw new Malformed(
                    RejectCode.DUPLICATE_ROW,
                    "%s has a row of %s already, %s; leave one of them"
                            .formatted(device, stated(row), progress.newest().place()));
        }
    }

    private static Instant stated(Row row) {
        return row.start() == null ? row.at() : row.start();
    }

    private Reading number(Draft draft, Row row) {
        DeviceProgress progress = devices.get(draft.device());
        long sequence = progress == null ? 0 : progress.readings();
        devices.put(draft.device(), new DeviceProgress(row, sequence + 1));
        return draft.numbered().apply(sequence);
    }

    private void refuse(Input input, Rejected rejected) {
        input.file().tally().refused(rejected);
        items.add(new Batch.Refused(rejected));
        listener.refused(rejected);
    }

    @Override
    public boolean finite() {
        return true;
    }

    @Override
    public void close() {
        inputs.forEach(input -> input.file().close());
    }
}
