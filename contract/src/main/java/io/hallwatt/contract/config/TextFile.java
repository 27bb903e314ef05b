package io.hallwatt.contract.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a person named, as text. Never more is read than may be: a wrong name costs a moment, not the memory. */
public final class TextFile {
    /** Longest file, bytes. */
    public static final int LONGEST = 8 * 1024 * 1024;

    private TextFile() {}

    /**
     * Reads the whole file.
     *
     * @param what   what it should be: {@code site}
     * @param remedy what names it: {@code --site}
     * @throws InvalidInput if it is not there, too long, no UTF-8 or cannot be read
     */
    public static String read(Path file, String what, String remedy) {
        try {
            if (Files.isDirectory(file)) {
                throw new InvalidInput("%s: a folder, and no %s file. Check %s.".formatted(file, what, remedy));
            }
            long size = Files.size(file);
            if (size > LONGEST) {
                throw tooLong(file, "%,d bytes".formatted(size), what, remedy);
            }
            // A device or a pipe has no size before it is read.
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LONGEST + 1);
                if (bytes.length > LONGEST) {
                    throw tooLong(file, "more than %,d bytes".formatted(LONGEST), what, remedy);
                }
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        } catch (NoSuchFileException e) {
            throw new InvalidInput("%s: no such %s file (in %s). Check %s."
                    .formatted(file, what, Path.of("").toAbsolutePath(), remedy));
        } catch (CharacterCodingException e) {
            throw new InvalidInput("%s: not UTF-8; write the %s file as UTF-8.".formatted(file, what));
        } catch (IOException e) {
            throw new InvalidInput("%s: the %s file cannot be read: %s".formatted(file, what, e.getMessage()));
        }
    }

    private static InvalidInput tooLong(Path file, String size, String what, String remedy) {
        return new InvalidInput(
                "%s: %s; a %s file has at most %,d. Check %s.".formatted(file, size, what, LONGEST, remedy));
    }
}
