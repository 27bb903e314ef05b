package io.hallwatt.benchmarks.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What do many rules cost in each second: 10,000 on each of 40 halls, 200 on each of 8,000 racks? One call is one second of the whole site. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RulesBenchmark {
    /** What the rules are about, and how many there are. */
    public enum Of {
        HALLS(10_000),
        RACKS(200);

        final int rules;

        Of(int rules) {
            this.rules = rules;
        }
    }

    /** What the rules are like. */
    public enum Kind {
        /** {@code a > n}. */
        THRESHOLD,
        /** {@code a > n} where a has two series a rack or hall. */
        BY_FEED,
        /** {@code a{hall=~"…"} > n}. */
        MATCHED,
        /** {@code a / b > n} and {@code a > n and b > m}. */
        COMPUTED,
        /** {@code avg_over_time(a[5m]) > n}, {@code max_over_time}, {@code delta}. */
        RANGE
    }

    @Param({"HALLS", "RACKS"})
    public Of of = Of.HALLS;

    @Param({"THRESHOLD", "BY_FEED", "MATCHED", "COMPUTED", "RANGE"})
    public Kind kind = Kind.THRESHOLD;

    /** Percent of rules (of halls) or of racks that are in breach all the while. */
    @Param({"0", "1"})
    public int breach;

    @SuppressWarnings("NullAway.Init") // JMH calls read() before it measures
    private ManyRules rules;

    @Setup(Level.Trial)
    public void read() {
        rules = ManyRules.of(of, kind, breach);
    }

    /** The next second: the window of each hall, or of each hall's racks, held against all rules. */
    @Benchmark
    public int second() {
        return rules.nextSecond();
    }
}
