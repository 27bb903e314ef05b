package io.hallwatt.ingest.simulate.load;

import io.hallwatt.ingest.simulate.noise.Noise;
import org.jspecify.annotations.Nullable;

/**
 * Synchronous training, one job after the other on the same racks: a ramp of 10–60 s to a plateau at 0.85–0.95 of peak that ripples once in 0.5–2 s by 10–20 %, a dip to 0.3–0.5 of 10–60 s at each
 * checkpoint every 15–60 min, at an interruption a drop to idle for 5–30 min and a restart, and at the end some minutes idle. Interruptions come as often as reported
 * for Llama 3 405B: one in three hours for 16,384 GPUs.
 */
final class TrainingJobs implements Workload.Script {
    private static final double GPUS_PER_RACK = 32; // four servers of eight
    private static final double GPU_SECONDS_PER_INTERRUPTION = 3 * 3600.0 * 16_384;
    private static final double EDGE_SECONDS = 1.5; // a synchronous job stops and goes on at once everywhere

    /** What the next segment is; each but {@code IDLE}, {@code PLATEAU} and {@code DIP} is an edge between two levels. */
    private enum Phase {
        IDLE,
        RAMP,
        PLATEAU,
        INTO_DIP,
        DIP,
        OUT_OF_DIP,
        FALL
    }

    private final long seed;
    private final double jobSeconds;
    private final double secondsPerInterruption;
    private long draws;

    private Phase phase = Phase.PLATEAU;
    private double idle;
    private double plateau;
    private double swing;
    private double omega;
    private double betweenCheckpoints;
    private double jobEnd;
    private double nextInterruption;
    private double dip;
    private boolean interrupted;

    /**
     * @param racks      that the jobs span
     * @param jobSeconds usual length of a job
     */
    TrainingJobs(long seed, int racks, double jobSeconds) {
        this.seed = seed;
        this.jobSeconds = jobSeconds;
        this.secondsPerInterruption = GPU_SECONDS_PER_INTERRUPTION / (racks * GPUS_PER_RACK);
        newJob(-between(0, jobSeconds)); // the site is found at work, not being switched on
    }

    @Override
    public Segment next(@Nullable Segment previous) {
        double start = previous == null ? 0 : previous.end();
        double before = previous == null ? 0 : previous.after();
        return switch (phase) {
            case IDLE -> {
                double seconds = interrupted ? 300 + 1500 * cube(draw()) : between(60, 900);
                if (!interrupted) {
                    newJob(start + seconds);
                }
                interrupted = false;
                phase = Phase.RAMP;
                yield flat(start, seconds, idle, before);
            }
            case RAMP -> {
                double seconds = between(10, 60);
                nextInterruption = start - secondsPerInterruption * StrictMath.log(1 - draw());
                phase = Phase.PLATEAU;
                yield edge(start, seconds, idle, plateau, before);
            }
            case PLATEAU -> plateau(previous == null, start, before);
            case INTO_DIP -> {
                dip = between(0.3, 0.5);
                phase = Phase.DIP;
                yield edge(start, EDGE_SECONDS, plateau, dip, before);
            }
            case DIP -> {
                phase = Phase.OUT_OF_DIP;
                yield flat(start, between(10, 60), dip, before);
            }
            case OUT_OF_DIP -> {
                phase = Phase.PLATEAU;
                yield edge(start, EDGE_SECONDS, dip, plateau, before);
            }
            case FALL -> {
                phase = Phase.IDLE;
                yield edge(start, EDGE_SECONDS, plateau, idle, before);
            }
        };
    }

    private Segment plateau(boolean first, double start, double before) {
        double checkpoint = first ? between(120, betweenCheckpoints) : betweenCheckpoints;
        double end = start + checkpoint;
        phase = Phase.INTO_DIP;
        if (nextInterruption < end) {
            end = Math.max(nextInterruption, start + 1);
            interrupted = true;
            phase = Phase.FALL;
        }
        if (jobEnd < end) {
            end = Math.max(jobEnd, start + 1);
            interrupted = false;
            phase = Phase.FALL;
        }
        // Whole periods, so that the level is continuous where the plateau ends.
        double period = 2 * Math.PI / omega;
        end = start + Math.max(1, Math.rint((end - start) / period)) * period;
        return new Segment(start, end, plateau, 0, swing, omega, 0, before);
    }

    private void newJob(double start) {
        idle = between(0.2, 0.3);
        plateau = between(0.85, 0.95);
        swing = between(0.10, 0.20) * plateau;
        omega = 2 * Math.PI / between(0.5, 2);
        betweenCheckpoints = between(15 * 60, 60 * 60);
        jobEnd = start + jobSeconds * between(0.3, 1.7);
        if (jobEnd <= 0) {
            jobEnd = between(600, jobSeconds);
        }
        nextInterruption = Math.max(0, start) - secondsPerInterruption * StrictMath.log(1 - draw());
    }

    private static Segment flat(double start, double seconds, double level, double before) {
        return new Segment(start, start + seconds, level, 0, 0, 1, 0, before);
    }

    private static Segment edge(double start, double seconds, double from, double to, double before) {
        return new Segment(start, start + seconds, from, (to - from) / seconds, 0, 1, 0, before);
    }

    private double draw() {
        return Noise.unit(seed, draws++);
    }

    private double between(double least, double most) {
        return least + (most - least) * draw();
    }

    private static double cube(double x) {
        return x * x * x;
    }
}
