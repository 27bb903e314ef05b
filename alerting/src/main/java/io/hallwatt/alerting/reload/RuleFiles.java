package io.hallwatt.alerting.reload;

import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.TextFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rule files by their names; the last part of a name may be a pattern ({@code rules/*.yaml}), looked up anew at each reading. */
public final class RuleFiles implements RuleSource {
    private static final String WILD = "*?[{";

    private final List<String> names;
    private final @Nullable Path maintenance;

    /**
     * @param names       of files, or patterns; none: the rules that come with Hallwatt
     * @param maintenance the file of planned work; null where there is none
     */
    public RuleFiles(List<String> names, @Nullable Path maintenance) {
        this.names = List.copyOf(names);
        this.maintenance = maintenance;
    }

    @Override
    public Map<String, String> maintenance() {
        return maintenance == null
                ? Map.of()
                : Map.of(maintenance.toString(), TextFile.read(maintenance, "maintenance", "--maintenance"));
    }

    @Override
    public Map<String, String> texts() {
        if (names.isEmpty()) {
            return RuleSource.DEFAULTS.texts();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (String name : names) {
            try {
                for (Path file : files(name)) {
                    texts.put(file.toString(), TextFile.read(file, "rule", "the name"));
                }
            } catch (InvalidInput e) {
                faults.addAll(e.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return texts;
    }

    /** By name, so that the order of rules does not depend on the disk. */
    private static List<Path> files(String name) {
        Path path = Path.of(name);
        String last = String.valueOf(path.getFileName());
        if (Files.exists(path) || last.chars().noneMatch(c -> WILD.indexOf(c) >= 0)) {
            return List.of(path);
        }
        Path folder = Objects.requireNonNullElse(path.getParent(), Path.of("."));
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, last)) {
            List<Path> files = StreamSupport.stream(found.spliterator(), false)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new InvalidInput("%s: no file is named so; see the folder %s".formatted(name, folder));
            }
            return files;
        } catch (NoSuchFileException e) {
            throw new InvalidInput("%s: there is no folder %s (in %s). Check the name."
                    .formatted(name, folder, Path.of("").toAbsolutePath()));
        } catch (IOException | DirectoryIteratorException e) {
            throw new InvalidInput("%s: the folder %s cannot be read (%s)".formatted(name, folder, e.getMessage()));
        }
    }
}
