package io.hallwatt.ingest.simulate.load;

import io.hallwatt.contract.site.Site;
import io.hallwatt.ingest.simulate.noise.Noise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which rack runs which workload. Sixty of a hundred halls train large models, three halls a job; twenty train middle-sized ones, a hall a job; the next eight
 * are shared by small jobs, a quarter of a hall each; the last twelve serve inference. A site of fewer than five halls is parted by racks in the same proportions.
 *
 * @param workloads     all that run at the site
 * @param workloadOfRack index into {@code workloads}, racks in the order of the site
 * @param inference     by workload: whether it serves people
 */
@SuppressWarnings("ArrayRecordComponent") // a table made once and only read; never compared
public record Placement(List<Workload> workloads, int[] workloadOfRack, boolean[] inference) {
    private static final double LARGE = 0.60;
    private static final double MIDDLE = 0.80;
    private static final double SMALL = 0.88;

    private static final double LARGE_JOB_SECONDS = 3 * 86_400;
    private static final double MIDDLE_JOB_SECONDS = 8 * 3600;
    private static final double SMALL_JOB_SECONDS = 1.5 * 3600;

    private static final int LARGE_HALLS = 3;
    private static final int SMALL_JOBS_PER_HALL = 4;
    private static final int FEW_HALLS = 5;

    /** @param epoch simulated time 0 */
    public static Placement of(Site site, long seed, Instant epoch) {
        int[] blocks = blocks(site);
        int racks = blocks.length;
        // One block after the other gets its workload; the part of the site before a block's first rack says of which
        // kind.
        int[] workloadOfRack = new int[racks];
        List<Workload> workloads = new ArrayList<>();
        List<Boolean> inference = new ArrayList<>();
        double localSeconds = epoch.atZone(site.zone()).toLocalTime().toSecondOfDay();
        int first = 0;
        while (first < racks) {
            int last = endOfRun(site, blocks, first);
            double before = (double) first / racks;
            long own = Noise.seed(seed, "workload " + workloads.size());
            int size = last - first;
            double jobSeconds =
                    before < LARGE ? LARGE_JOB_SECONDS : before < MIDDLE ? MIDDLE_JOB_SECONDS : SMALL_JOB_SECONDS;
            boolean serving = before >= SMALL;
            workloads.add(
                    serving
                            ? new Workload(() -> new Inference(own, localSeconds))
                            : new Workload(() -> new TrainingJobs(own, size, jobSeconds)));
            inference.add(serving);
            Arrays.fill(workloadOfRack, first, last, workloads.size() - 1);
            first = last;
        }
        boolean[] flags = new boolean[inference.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = inference.get(i);
        }
        return new Placement(List.copyOf(workloads), workloadOfRack, flags);
    }

    /** Smallest units of placement by rack: quarters of halls, or single racks where halls are few. */
    private static int[] blocks(Site site) {
        int[] blocks = new int[site.rackCount()];
        int rack = 0;
        int block = 0;
        for (var hall : site.halls()) {
            int size = hall.racks().size();
            for (int i = 0; i < size; i++) {
                blocks[rack++] = site.halls().size() < FEW_HALLS ? block++ : block + i * SMALL_JOBS_PER_HALL / size;
            }
            block += site.halls().size() < FEW_HALLS ? 0 : SMALL_JOBS_PER_HALL;
        }
        return blocks;
    }

    /** The rack after the last of the workload that starts at {@code first}. */
    private static int endOfRun(Site site, int[] blocks, int first) {
        int racks = blocks.length;
        double before = (double) first / racks;
        if (site.halls().size() < FEW_HALLS) {
            double end = before < LARGE ? LARGE : before < MIDDLE ? MIDDLE : before < SMALL ? SMALL : 1;
            return Math.clamp((int) Math.ceil(end * racks), first + 1, racks);
        }
        int length = before < LARGE
                ? LARGE_HALLS * SMALL_JOBS_PER_HALL
                : before < MIDDLE || before >= SMALL ? SMALL_JOBS_PER_HALL : 1;
        int lastBlock = blocks[first] + length;
        int end = first;
        while (end < racks && blocks[end] < lastBlock) {
            end++;
        }
        return end;
    }
}
