package io.hallwatt.benchmarks.meter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** Where each part's time went, from a flight recording. Shares are of all samples of Java code; the collector and the compiler are not among them. */
public final class HotMethods {
    private static final String OURS = "io.hallwatt.";

    private final Map<Part, Map<String, Integer>> top = new EnumMap<>(Part.class);
    private final Map<Part, Map<String, Integer>> through = new EnumMap<>(Part.class);
    private int samples;

    /** Share of all samples. */
    public record Hot(Part part, String method, double share) {}

    public HotMethods(Path recording) {
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
                    take(event);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(recording), e);
        }
    }

    private void take(RecordedEvent sample) {
        RecordedStackTrace stack = sample.getStackTrace();
        if (stack == null || stack.getFrames().isEmpty() || sample.getThread("sampledThread") == null) {
            return;
        }
        String thread = sample.getThread("sampledThread").getJavaName();
        Part part = thread == null ? Part.OTHER : Part.ofThread(thread);
        samples++;
        count(top, part, name(stack.getFrames().getFirst()));
        Set<String> seen = new HashSet<>();
        for (RecordedFrame frame : stack.getFrames()) {
            String name = name(frame);
            if (name.startsWith(OURS) && !name.contains("Lambda") && !name.contains("lambda$") && seen.add(name)) {
                count(through, part, name);
            }
        }
    }

    /** The methods in which most of the time was spent. */
    public List<Hot> topmost(int most) {
        return sorted(top, most);
    }

    /** Hallwatt's own methods, with all that they called. */
    public List<Hot> ours(int most) {
        return sorted(through, most);
    }

    private List<Hot> sorted(Map<Part, Map<String, Integer>> counts, int most) {
        return counts.entrySet().stream()
                .flatMap(part -> part.getValue().entrySet().stream()
                        .map(method -> new Hot(
                                part.getKey(), method.getKey(), (double) method.getValue() / Math.max(1, samples))))
                .sorted(Comparator.comparingDouble(Hot::share).reversed())
                .limit(most)
                .toList();
    }

    private static void count(Map<Part, Map<String, Integer>> counts, Part part, String method) {
        counts.computeIfAbsent(part, any -> new HashMap<>()).merge(method, 1, Integer::sum);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }
}
