package io.hallwatt.benchmarks.meter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CPU time of the virtual machine's own threads, from Linux's {@code /proc}; elsewhere nothing, and the time is among {@link Part#OTHER}. */
final class VmThreads {
    private static final Path TASKS = Path.of("/proc/self/task");

    private final Map<Path, Task> tasks = new HashMap<>();

    private static final class Task {
        final @Nullable Part part;
        long cpu;

        Task(@Nullable Part part) {
            this.part = part;
        }
    }

    void look() {
        if (!Files.isDirectory(TASKS)) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(TASKS)) {
            for (Path directory : all) {
                Task task = tasks.computeIfAbsent(directory, VmThreads::task);
                if (task.part != null) {
                    task.cpu = Math.max(task.cpu, cpu(directory));
                }
            }
        } catch (IOException e) {
            // A thread ended while it was looked at.
        }
    }

    void addTo(EnumMap<Part, Long> cpu) {
        for (Task task : tasks.values()) {
            if (task.part != null) {
                cpu.merge(task.part, task.cpu, Long::sum);
            }
        }
    }

    private static Task task(Path directory) {
        try {
            String name = Files.readString(directory.resolve("comm"), StandardCharsets.UTF_8);
            if (name.startsWith("VM Thread") || name.startsWith("GC Thread") || name.startsWith("G1 ")) {
                return new Task(Part.GC);
            }
            if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
                return new Task(Part.JIT);
            }
        } catch (IOException e) {
            // It ended; threads of the virtual machine seldom do.
        }
        return new Task(null);
    }

    /** The first number of {@code schedstat}: ns on a CPU. */
    private static long cpu(Path directory) {
        try {
            String text = Files.readString(directory.resolve("schedstat"), StandardCharsets.US_ASCII);
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }
}
