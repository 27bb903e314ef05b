package io.hallwatt.benchmarks.micro;

import io.hallwatt.aggregate.rack.CodecRackDecoder;
import io.hallwatt.aggregate.rack.RackDecoder;
import io.hallwatt.aggregate.rack.RackReport;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import io.hallwatt.ingest.IngestConfig;
import io.hallwatt.ingest.validate.Validator;
import io.hallwatt.ingest.validate.Verdict;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does one rack report of 24 points cost: to judge, to write, to read? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReportBenchmark {
    private final RackDecoder decoder = new CodecRackDecoder();
    private final RackReport report = new RackReport();
    private final HallSample sample = HallSample.make();
    private final Validator validator = new Validator(sample.site, IngestConfig.DEFAULTS.skewLimit());
    private int next;

    /** Ingest: can it be believed? */
    @Benchmark
    public Verdict validate() {
        return validator.judge(sample.readings.get(step()), HallSample.now());
    }

    /** Ingest: to bytes. */
    @Benchmark
    public byte[] write() {
        return Codecs.RACK_READING.write(sample.readings.get(step()));
    }

    /** Aggregate: from bytes. */
    @Benchmark
    public RackReport read() throws Malformed {
        decoder.decode(sample.wire.get(step()), report);
        return report;
    }

    private int step() {
        next = next + 1 == HallSample.REPORTS ? 0 : next + 1;
        return next;
    }
}
