package io.hallwatt.aggregate.streams;

import io.hallwatt.aggregate.AggregateCounts;
import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.window.CommitPace;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What the processors of halls and of sites do alike: state, site models, counts, rejects, punctuation. */
abstract class Shell implements Processor<byte[], byte[], byte[], byte[]>, HeapStore.Owner {
    private static final Duration PUNCTUATION = Duration.ofMillis(100);
    /** How much later than its time a commit may be asked for, as a part of the time between two. */
    private static final int COMMIT_LOOKS = 5;
    /** How old the energy totals of a busy task may be, ms: adding up every meter's register costs milliseconds a hall. */
    private static final long TOTALS_AGE_MILLIS = 10_000;

    /** A task is at rest, and its totals are worth adding up, when nothing has come for so long, ms: several commits, so that a lull between two readings is none. */
    private static final long REST_MILLIS = 300;

    private static final String TASK = "task";
    private static final String COUNTS = "counts";

    final Stage stage;
    private final String storeName;
    private final String rejectedSink;
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<String, byte[]> siteStore;
    private Map<String, Site> sites = Map.of();
    private String task = "";
    TaskCounts counts = new TaskCounts();
    private @Nullable AggregateCounts uncommitted;
    private long registers;
    private long open;
    private long totalsAt;
    private boolean totalsBehind;
    private boolean changed;
    private long changedAt;
    private CommitPace pace = new CommitPace();
    private long drainedAt = System.nanoTime();

    Shell(Stage stage, String storeName, String rejectedSink) {
        this.stage = stage;
        this.rejectedSink = rejectedSink;
        this.storeName = storeName;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> processorContext) {
        // Streams may begin a processor again after a fault; what the transaction that failed left in it is not
        // committed.
        counts = new TaskCounts();
        uncommitted = null;
        sites = Map.of();
        changed = false;
        pace = new CommitPace();
        forget();
        context = processorContext;
        task = processorContext.taskId() + " " + storeName;
        siteStore = processorContext.getStateStore(Stage.SITE_STORE);
        HeapStore store = processorContext.getStateStore(storeName);
        Map<String, Map<String, byte[]>> parts = new TreeMap<>(TaskState.byName(store.restored()));
        Map<String, byte[]> own = parts.remove(TASK);
        if (own != null) {
            byte[] counted = own.get(COUNTS);
            if (counted != null) {
                counts = TaskCounts.read(counted);
            }
            restoreTask(own);
        }
        refresh();
        restore(parts);
        addUp(stage.clock().millis());
        stage.board().publish(task, counts.with(registers, open));
        store.attach(this);
        processorContext.schedule(PUNCTUATION, PunctuationType.WALL_CLOCK_TIME, timestamp -> {
            committed();
            long now = stage.clock().millis();
            if (totalsBehind && !changed && atRest(now)) {
                // Nothing came since the last commit, so what is in memory is what is committed.
                addUp(now);
                stage.board().publish(task, counts.with(registers, open));
            }
            refresh();
            tick(now);
        });
        // Whoever asks has all tasks of the thread committed: so a task asks only when it was not.
        long interval = stage.commitInterval().toNanos();
        Duration looks = Duration.ofMillis(
                Math.clamp(stage.commitInterval().toMillis() / COMMIT_LOOKS, 1, PUNCTUATION.toMillis()));
        processorContext.schedule(looks, PunctuationType.WALL_CLOCK_TIME, timestamp -> {
            long now = System.nanoTime();
            boolean behind = pace.behind(now / 1_000_000, counts.read(), this::unread);
            if (asksForCommits(behind) && now - drainedAt >= interval) {
                processorContext.commit();
            }
        });
    }

    /** Empties what is in memory: it is restored from what is committed. */
    abstract void forget();

    /** Parts by object's name, the task's own left out. */
    abstract void restore(Map<String, Map<String, byte[]>> parts);

    abstract void restoreTask(Map<String, byte[]> parts);

    /** A site model is new or changed. */
    abstract void changed(Site site);

    /** There is no model of the site any more. */
    abstract void gone(String site);

    /** Readings that are published for this task and not read yet. */
    abstract long unread();

    /** @param behind whether this task works off a backlog */
    abstract boolean asksForCommits(boolean behind);

    final String task() {
        return task;
    }

    /** About ten times a second. */
    abstract void tick(long now);

    abstract long registersMilliwattHours();

    abstract long openMilliwattHours();

    /** Looks whether site models changed. */
    final void refresh() {
        if (siteStore == null) {
            return;
        }
        Map<String, Site> now = stage.models().read(siteStore);
        Map<String, Site> before = sites;
        sites = now;
        now.forEach((id, site) -> {
            if (!site.equals(before.get(id))) {
                changed(site);
            }
        });
        before.keySet().stream().filter(id -> !now.containsKey(id)).forEach(this::gone);
    }

    final Map<String, Site> sites() {
        return sites;
    }

    final RecordMetadata metadata() {
        return context().recordMetadata().orElseThrow();
    }

    final int partition() {
        return context().taskId().partition();
    }

    final ProcessorContext<byte[], byte[]> context() {
        if (context == null) {
            throw new IllegalStateException("used before init");
        }
        return context;
    }

    /** The header that says when the newest reading of a window was; none where that is not known. */
    static RecordHeaders newest(long at) {
        RecordHeaders headers = new RecordHeaders();
        if (at != Long.MIN_VALUE) {
            headers.add(Headers.NEWEST_READING, Long.toString(at).getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** Forwards to the topic's sink. The Kafka timestamp is event time, and never negative. */
    final void send(String sink, String key, byte[] value, long timestamp, RecordHeaders headers) {
        context()
                .forward(
                        new Record<>(key.getBytes(StandardCharsets.UTF_8), value, Math.max(0, timestamp), headers),
                        sink);
    }

    final void reject(Record<byte[], byte[]> record, RejectCode code, String reason) {
        reject(record.key(), record.value(), record.timestamp(), metadata().offset(), code, reason);
    }

    /** @param offset of the reading, in the partition of the record that is being processed */
    final void reject(
            byte @Nullable [] key,
            byte @Nullable [] value,
            long timestamp,
            long offset,
            RejectCode code,
            String reason) {
        counts.rejected();
        RecordMetadata from = metadata();
        String origin = from.topic() + "-" + from.partition() + "@" + offset;
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.REJECT_CODE, code.name().getBytes(StandardCharsets.UTF_8));
        headers.add(Headers.REJECT_REASON, reason.getBytes(StandardCharsets.UTF_8));
        headers.add(Headers.REJECT_ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
        context().forward(new Record<>(key, value, Math.max(0, timestamp), headers), rejectedSink);
    }

    /** What {@link #newest(long)} wrote; the least of all numbers where there is no such header, or one that is no number. */
    static long newest(Record<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Headers.NEWEST_READING);
        try {
            return header == null || header.value() == null
                    ? Long.MIN_VALUE
                    : Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            return Long.MIN_VALUE;
        }
    }

    static boolean endOfInput(Record<byte[], byte[]> record) {
        return record.key() == null && record.headers().lastHeader(Headers.END_OF_INPUT) != null;
    }

    /** Called by {@link #drainDirty} of the processor, after its objects' parts. */
    final void drainTask(PartSink sink) {
        committed();
        sink.part(TASK + "|" + COUNTS, counts.write());
        drainedAt = System.nanoTime();
        long now = stage.clock().millis();
        if (changed) {
            changedAt = now;
            totalsBehind = true;
        }
        changed = false;
        if (totalsBehind
                && (atRest(now)
                        || now - totalsAt >= TOTALS_AGE_MILLIS
                        || stage.board().isClosing())) {
            addUp(now);
        }
        uncommitted = counts.with(registers, open);
    }

    private boolean atRest(long now) {
        return now - changedAt >= REST_MILLIS;
    }

    private void addUp(long now) {
        registers = registersMilliwattHours();
        open = openMilliwattHours();
        totalsAt = now;
        totalsBehind = false;
    }

    /** A record came: what is in memory is ahead of what is committed. */
    final void came(Record<byte[], byte[]> record) {
        busy();
        pace.arrived(record.timestamp());
    }

    /** An hour was closed: what is in memory is ahead of what is committed. */
    final void busy() {
        changed = true;
    }

    static String taskPart(String part) {
        return TASK + "|" + part;
    }

    @Override
    public final void committed() {
        if (uncommitted != null) {
            stage.board().publish(task, uncommitted);
            uncommitted = null;
        }
    }

    @Override
    public final void closed() {
        stage.board().leave(task);
        stage.backlog().workingOff(task, false);
    }
}
