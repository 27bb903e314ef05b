package io.hallwatt.aggregate.account;

import io.hallwatt.aggregate.energy.Arrival;
import io.hallwatt.aggregate.energy.BookedHour;
import io.hallwatt.aggregate.energy.Energy;
import io.hallwatt.aggregate.energy.EnergyBook;
import io.hallwatt.aggregate.energy.MeterSpec;
import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergyHour.Evidence;
import io.hallwatt.contract.EnergyHour.MeterSpan;
import io.hallwatt.contract.EnergyHour.OffsetRange;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One energy subject: its book, and from which records each hour comes. */
public final class EnergyAccount {
    private static final long HOUR = Resolution.HOUR.millis();
    private static final int LAYOUT = 3;
    private static final String EVIDENCE = "evidence";
    private static final String OLDER_EVIDENCE = "evidence/";

    private final SiteId site;
    private final EnergySubject subject;
    private final HourEvidence evidence;
    private final OlderEvidence olderEvidence;
    private final boolean silence;
    private EnergyBook book = new EnergyBook(List.of());
    private Map<String, Integer> meters = Map.of();
    private boolean evidenceDirty;

    /**
     * @param topic   that the readings come from
     * @param silence whether hours are published in which no meter spoke, as long as the site model expects one: where a wall clock closes them, so that it does
     *                not depend on how far others are ahead
     */
    public EnergyAccount(SiteId site, EnergySubject subject, String topic, boolean silence) {
        this.site = site;
        this.subject = subject;
        this.silence = silence;
        this.evidence = new HourEvidence(topic);
        this.olderEvidence = new OlderEvidence(topic, EnergyBook.OLDER_HOURS);
    }

    /**
     * Takes the meters of a site model; what the book knows is kept, of those that leave too.
     *
     * @param since those that are new are expected in windows and hours from here on, epoch ms; {@link Long#MIN_VALUE}: in all
     */
    public void meters(List<MeterSpec> specs, long since) {
        if (!specs.equals(book.meters())) {
            open(book.with(specs, since));
        }
    }

    /** Goes on from the changelog's parts. */
    public void restore(List<MeterSpec> specs, Map<String, byte[]> parts) {
        Map<String, byte[]> ofBook = new HashMap<>(parts);
        byte[] seen = ofBook.remove(EVIDENCE);
        if (seen != null) {
            StateReader in = new StateReader(seen, LAYOUT);
            evidence.read(in);
        }
        parts.forEach((key, bytes) -> {
            if (key.startsWith(OLDER_EVIDENCE)) {
                olderEvidence.read(Long.parseLong(key.substring(OLDER_EVIDENCE.length())), bytes);
            }
        });
        open(EnergyBook.restore(specs, ofBook));
    }

    private void open(EnergyBook opened) {
        book = opened;
        Map<String, Integer> numbers = new HashMap<>();
        List<MeterSpec> specs = opened.meters();
        for (int i = 0; i < specs.size(); i++) {
            numbers.put(specs.get(i).name(), i);
        }
        meters = numbers;
    }

    /** The meter's number in the book, or −1. */
    public int meter(String name) {
        return meters.getOrDefault(name, -1);
    }

    public EnergyBook book() {
        return book;
    }

    /** A reading that did not come before went into the book; what came too late to change anything is no evidence. */
    public void evidence(Arrival arrival, long measuredAt, int partition, long offset) {
        if (arrival == Arrival.IN_TIME || arrival == Arrival.UNCHANGED || arrival == Arrival.RESTATES) {
            evidence.add(measuredAt, partition, offset);
            evidenceDirty = true;
        }
    }

    /** Energy of [start, end), or null where the book no longer, or not yet, holds it by minutes. */
    public @Nullable Energy window(long start, long end) {
        return window(start, end, Long.MAX_VALUE);
    }

    /** As known by the readings before {@code knownUntil}. */
    public @Nullable Energy window(long start, long end, long knownUntil) {
        OptionalLong next = book.nextHour();
        return next.isEmpty() || start < next.getAsLong() ? null : book.window(start, end, knownUntil);
    }

    /** Likewise of each meter by itself, by index. */
    public @Nullable List<Energy> windowOfEach(long start, long end, long knownUntil) {
        OptionalLong next = book.nextHour();
        return next.isEmpty() || start < next.getAsLong() ? null : book.windowOfEach(start, end, knownUntil);
    }

    /** Closes the hours that end at or before {@code end}, and publishes them: those with energy, and in live time silent ones. */
    public void closeHours(long end, Consumer<EnergyHour> out) {
        closeHours(end, null, out);
    }

    /** @param carbon g CO2-eq/kWh of an hour's start; null where the subject has none */
    public void closeHours(long end, @Nullable HourlyMean carbon, Consumer<EnergyHour> out) {
        OptionalLong next = book.nextHour();
        while (next.isPresent() && next.getAsLong() + HOUR <= end) {
            BookedHour hour = book.closeHour();
            evidenceDirty = true;
            restate(carbon, out); // before its evidence is forgotten, and before what follows
            publish(hour, carbon, out);
            age(next.getAsLong() - EnergyBook.RESTATABLE_HOURS * HOUR, carbon);
            next = book.nextHour();
        }
    }

    /** The hour before this one can be restated no longer, and is not counted for any more. */
    private void age(long hour, @Nullable HourlyMean carbon) {
        long old = hour - HOUR;
        Double factor = carbon == null ? null : carbon.of(old);
        if (evidence.readings(old) > 0 || factor != null) {
            olderEvidence.keep(
                    old,
                    new OlderEvidence.Kept(
                            evidence.readings(old),
                            evidence.firstAt(old),
                            evidence.lastAt(old),
                            evidence.offsets(old),
                            factor));
        }
        evidence.forgetBefore(hour);
    }

    /** Publishes closed hours that late readings changed. */
    public void restate(@Nullable HourlyMean carbon, Consumer<EnergyHour> out) {
        book.restatements().forEach(hour -> publish(hour, carbon, out));
    }

    private void publish(BookedHour hour, @Nullable HourlyMean carbon, Consumer<EnergyHour> out) {
        if (hour.empty() && (!silence || hour.energy().metersExpected() == 0)) {
            return; // all left the site model, or are not heard of yet
        }
        long start = hour.start().toEpochMilli();
        OlderEvidence.Kept kept = olderEvidence.of(start);
        if (kept == null) {
            kept = new OlderEvidence.Kept(
                    evidence.readings(start),
                    evidence.firstAt(start),
                    evidence.lastAt(start),
                    evidence.offsets(start),
                    carbon == null ? null : carbon.of(start));
        }
        out.accept(new EnergyHour(
                site,
                subject,
                hour.start(),
                hour.revision(),
                hour.energy().measuredMilliwattHours(),
                hour.energy().estimatedMilliwattHours(),
                hour.energy().metersExpected(),
                hour.energy().metersComplete(),
                kept.carbon(),
                new Evidence(
                        kept.readings(),
                        kept.first(),
                        kept.last(),
                        hour.meters(),
                        hour.events(),
                        offsets(hour, kept))));
    }

    /** Of all that the hour rests on: its own readings, and of each meter those from the one before it to the one after it. */
    private List<OffsetRange> offsets(BookedHour hour, OlderEvidence.Kept own) {
        long start = hour.start().toEpochMilli();
        boolean older = olderEvidence.of(start) != null;
        long from = older ? Long.MAX_VALUE : start;
        long until = older ? Long.MIN_VALUE : start + HOUR - 1;
        Set<OffsetRange> ranges = new LinkedHashSet<>(older ? own.offsets() : List.of());
        for (MeterSpan span : hour.meters()) {
            if (span.readFrom() != null) {
                long at = span.readFrom().toEpochMilli();
                OlderEvidence.Kept before = olderEvidence.of(Resolution.HOUR.startMillis(at));
                ranges.addAll(before == null ? List.of() : before.offsets());
                from = before == null ? Math.min(from, at) : from;
            }
            if (span.readUntil() != null) {
                long at = span.readUntil().toEpochMilli();
                from = older ? Math.min(from, at) : from;
                until = Math.max(until, at);
            }
        }
        ranges.addAll(from <= until ? evidence.offsets(from, until) : List.of());
        return List.copyOf(ranges);
    }

    /** End of the newest hour of which anything is known: a power sample holds beyond its own. {@link Long#MIN_VALUE} where there is none. */
    public long lastHourEnd() {
        long newest = evidence.newestHour();
        long read = newest == Long.MIN_VALUE ? newest : newest + HOUR;
        OptionalLong known = book.knownUntil();
        return known.isEmpty() ? read : Math.max(read, Math.ceilDiv(known.getAsLong(), HOUR) * HOUR);
    }

    /** Whether every hour with a reading is closed. */
    public boolean closed() {
        OptionalLong next = book.nextHour();
        return next.isEmpty() || next.getAsLong() >= lastHourEnd();
    }

    /** What {@link PartSink#often} was given is kept no longer: the next {@link #drainDirty} gives it once more. */
    public void startOver() {
        book.startOver();
        evidenceDirty = true;
    }

    /** Gives the parts that changed since the last time. */
    public void drainDirty(PartSink sink) {
        book.drainDirty(sink);
        if (evidenceDirty) {
            StateWriter out = new StateWriter(LAYOUT);
            evidence.write(out);
            sink.often(EVIDENCE, out.toBytes());
            evidenceDirty = false;
        }
        olderEvidence.drainDirty(OLDER_EVIDENCE, sink);
    }
}
