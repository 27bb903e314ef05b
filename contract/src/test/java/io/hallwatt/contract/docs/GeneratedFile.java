package io.hallwatt.contract.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in the tree that code generates. A test of any module calls {@link #isCurrent}; {@code -Dhallwatt.update=true} writes the file instead. */
public final class GeneratedFile {
    private GeneratedFile() {}

    /** @param path from the repository's root: {@code docs/reference/metrics.md} */
    public static void isCurrent(String path, String content) {
        Path file = Path.of("..").resolve(path); // tests run in their module's folder
        try {
            if (Boolean.getBoolean("hallwatt.update")) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, content);
            }
            assertThat(Files.exists(file) ? Files.readString(file) : "")
                    .as("%s is stale: run the tests once with -Dhallwatt.update=true and commit it", path)
                    .isEqualTo(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
