package io.hallwatt.benchmarks.micro;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the micro-benchmarks of this package, each in a process of its own; JMH tells the results on standard output. */
public final class MicroRun {
    private MicroRun() {}

    /** @param pattern which of them, a regular expression */
    public static void run(String pattern) {
        try {
            new Runner(new OptionsBuilder()
                            .include("io\\.hallwatt\\.benchmarks\\.micro\\..*(" + pattern + ")")
                            .addProfiler(GCProfiler.class)
                            .shouldFailOnError(true)
                            .build())
                    .run();
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }
}
