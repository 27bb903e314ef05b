package io.hallwatt.contract.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
    private static final long TERABYTE = 1L << 40;

    @TempDir
    Path folder;

    @Test
    void a_file_of_the_greatest_length_is_read() throws IOException {
        Path file = Files.writeString(folder.resolve("f.yaml"), "é".repeat(TextFile.LONGEST / 2));

        assertThat(TextFile.read(file, "site", "--site")).hasSize(TextFile.LONGEST / 2);
    }

    @Test
    void one_byte_more_is_refused_with_both_sizes() throws IOException {
        Path file = Files.write(folder.resolve("f.yaml"), new byte[TextFile.LONGEST + 1]);

        refused(file, file + ": 8,388,609 bytes; a site file has at most 8,388,608. Check --site.");
    }

    @Test
    void a_file_far_larger_than_the_memory_is_refused_at_once() throws IOException {
        Path file = folder.resolve("f.yaml");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(TERABYTE);
        }

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refused(file, "1,099,511,627,776 bytes; a site file"));
    }

    @Test
    void a_device_without_size_and_end_is_refused_after_what_may_be_read() {
        Path zeros = Path.of("/dev/zero");
        assumeTrue(Files.exists(zeros), "SKIPPED: this system has no /dev/zero");

        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> refused(zeros, "/dev/zero: more than 8,388,608 bytes; a site file has at most 8,388,608."));
    }

    @Test
    void what_is_not_there_no_file_or_no_text_is_named() throws IOException {
        Path latin = Files.write(folder.resolve("f.yaml"), "name: Tétouan".getBytes(StandardCharsets.ISO_8859_1));

        refused(folder.resolve("nowhere.yaml"), "nowhere.yaml: no such site file (in ");
        refused(folder, folder + ": a folder, and no site file. Check --site.");
        refused(latin, latin + ": not UTF-8; write the site file as UTF-8.");
    }

    private static void refused(Path file, String part) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> TextFile.read(file, "site", "--site"))
                .withMessageContaining(part);
    }
}
