package io.hallwatt.app.command;

import io.hallwatt.app.Unavailable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code hallwatt bench} where the module that has it is not on the class path. */
@Command(
        name = "bench",
        description = "Measure the whole pipeline on this machine (in a checkout).",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = "  hallwatt bench --help             from a checkout: builds it, shows its options")
public final class BenchNotBuilt implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new Unavailable(
                "The benchmarks are not part of this build. In a checkout, ./hallwatt bench builds and runs them.");
    }
}
