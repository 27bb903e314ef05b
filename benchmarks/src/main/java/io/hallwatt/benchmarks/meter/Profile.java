package io.hallwatt.benchmarks.meter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/** Java Flight Recorder over a span of time, into a file; nothing where no file was named. */
public final class Profile {
    private final @Nullable Path file;
    private @Nullable Recording recording;

    public Profile(@Nullable Path file) {
        this.file = file;
    }

    public void begin() {
        if (file == null) {
            return;
        }
        try {
            Recording starting = new Recording(Configuration.getConfiguration("profile"));
            starting.start();
            recording = starting;
        } catch (IOException e) {
            throw new UncheckedIOException("flight recorder", e);
        } catch (ParseException e) {
            throw new IllegalStateException("this JDK's flight recorder has no readable settings \"profile\"", e);
        }
    }

    public void end() {
        Recording running = recording;
        if (running == null || file == null) {
            return;
        }
        try {
            running.stop();
            running.dump(file);
            running.close();
            recording = null;
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written".formatted(file), e);
        }
    }
}
