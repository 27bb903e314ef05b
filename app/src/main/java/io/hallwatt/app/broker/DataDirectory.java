package io.hallwatt.app.broker;

import io.hallwatt.app.Unavailable;
import io.hallwatt.contract.config.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A directory that one process at a time works in. Opening it takes its lock file; the operating system gives the lock back even after a kill. */
public final class DataDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "hallwatt.lock";

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Makes the directory where it is missing, and locks it.
     *
     * @throws Unavailable if it cannot be written, or another process has it
     */
    public static DataDirectory open(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        FileChannel channel = null;
        try {
            Files.createDirectories(absolute);
            channel = FileChannel.open(
                    absolute.resolve(LOCK_FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (!locked(channel)) {
                Unavailable inUse = inUse(absolute, channel);
                channel.close();
                throw inUse;
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataDirectory(absolute, channel);
        } catch (IOException e) {
            closeQuietly(channel, e);
            throw new Unavailable(
                    "Data directory %s cannot be written: %s. Choose another with --data-dir, or mend its permissions."
                            .formatted(absolute, FileTrouble.of(e)),
                    e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new Unavailable(
                    "Data directory %s: the lock file cannot be closed: %s".formatted(path, FileTrouble.of(e)), e);
        }
    }

    /** True when the lock is ours; it lives as long as the channel. */
    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    private static Unavailable inUse(Path path, FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String owner = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
        return new Unavailable(
                "Data directory %s is in use by another hallwatt process%s. Stop that one, or choose another directory with --data-dir."
                        .formatted(path, owner.isEmpty() ? "" : " (process " + owner + ")"));
    }

    private static void closeQuietly(@Nullable FileChannel channel, IOException because) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
