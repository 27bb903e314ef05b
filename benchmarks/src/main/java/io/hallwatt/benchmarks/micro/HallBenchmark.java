package io.hallwatt.benchmarks.micro;

import io.hallwatt.aggregate.hall.HallOutput;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.HallMetrics;
import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.wire.Codecs;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What does a hall of 200 racks cost: a report into its windows, their closing included, and its results as bytes? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class HallBenchmark {
    private final HallSample sample = HallSample.make();

    /** A report, from its numbers to closed seconds and minutes: 200 reports close a second. */
    @Benchmark
    @OperationsPerInvocation(HallSample.REPORTS)
    public void accumulate(Blackhole hole) {
        sample.run(new Into(hole));
    }

    /** A second's frame of 200 racks to bytes. */
    @Benchmark
    public byte[] writeFrame() {
        return Codecs.RACK_FRAME.write(sample.frame);
    }

    /** A second's metrics of the hall to bytes. */
    @Benchmark
    public byte[] writeHallMetrics() {
        return Codecs.HALL_METRICS.write(sample.metrics);
    }

    private record Into(Blackhole hole) implements HallOutput {
        @Override
        public void racks(RackFrame frame, long newestReading) {
            hole.consume(frame);
        }

        @Override
        public void hall(HallMetrics metrics, long newestReading) {
            hole.consume(metrics);
        }

        @Override
        public void hour(EnergyHour hour) {
            hole.consume(hour);
        }
    }
}
