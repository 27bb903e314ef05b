package io.hallwatt.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Energy of one subject in one UTC hour. Integers, so that hours add up exactly. The journal {@code energy.hour} holds every revision.
 *
 * @param subject                    what the energy is of
 * @param start                      start of the hour
 * @param revision                   0 when the hour is first closed, one more for each restatement
 * @param measuredMilliwattHours     between register readings at or around the hour's ends, or stated for intervals inside it, ≥ 0
 * @param estimatedMilliwattHours    known for a longer span and spread over its hours, or bridged by power, ≥ 0; never part of the measured
 * @param metersExpected             meters of the subject in the site model
 * @param metersComplete             those of them whose energy is known for the whole hour
 * @param carbonGramsPerKilowattHour of a source whose intensity is metered or given: mean over the hour
 * @param evidence                   where the figure comes from
 * @param siteModel                  version of the site model in force when this revision was given; absent where it is not known, as in hours of before it was told.
 *                                   {@link io.hallwatt.contract.wire.SiteVersion}
 */
public record EnergyHour(
        SiteId site,
        EnergySubject subject,
        Instant start,
        int revision,
        long measuredMilliwattHours,
        long estimatedMilliwattHours,
        int metersExpected,
        int metersComplete,
        @Nullable Double carbonGramsPerKilowattHour,
        Evidence evidence,
        @Nullable String siteModel) {
    /** Of a site model that is not known yet. */
    public EnergyHour(
            SiteId site,
            EnergySubject subject,
            Instant start,
            int revision,
            long measuredMilliwattHours,
            long estimatedMilliwattHours,
            int metersExpected,
            int metersComplete,
            @Nullable Double carbonGramsPerKilowattHour,
            Evidence evidence) {
        this(
                site,
                subject,
                start,
                revision,
                measuredMilliwattHours,
                estimatedMilliwattHours,
                metersExpected,
                metersComplete,
                carbonGramsPerKilowattHour,
                evidence,
                null);
    }

    public EnergyHour {
        if (!start.equals(start.truncatedTo(ChronoUnit.HOURS))) {
            throw new IllegalArgumentException("%s: an hour starts at %s, not on the hour".formatted(subject, start));
        }
        if (measuredMilliwattHours < 0 || estimatedMilliwattHours < 0) {
            throw new IllegalArgumentException("%s at %s: negative energy: measured %d mWh, estimated %d mWh"
                    .formatted(subject, start, measuredMilliwattHours, estimatedMilliwattHours));
        }
    }

    /** Measured and estimated together, mWh. */
    public long totalMilliwattHours() {
        return Math.addExact(measuredMilliwattHours, estimatedMilliwattHours);
    }

    /** The same, given under that version of the site model. */
    public EnergyHour under(@Nullable String version) {
        return new EnergyHour(
                site,
                subject,
                start,
                revision,
                measuredMilliwattHours,
                estimatedMilliwattHours,
                metersExpected,
                metersComplete,
                carbonGramsPerKilowattHour,
                evidence,
                version);
    }

    public Instant end() {
        return start.plus(1, ChronoUnit.HOURS);
    }

    /**
     * Where an hour's figure comes from.
     *
     * @param readings counted for the hour
     * @param firstAt  event time of the first of them; absent where none was
     * @param lastAt   event time of the last of them
     * @param meters   for each meter its first and last register in the hour, unwrapped; of a revision that gives an hour of long ago its part of a silence,
     *                 the meters that it adds to and what it adds
     * @param events   what was seen of the registers: {@code METER_WRAPPED 2}
     * @param offsets  which records it was computed from, those beyond the hour's ends too: all that each of {@code meters} rests on is among them, and others
     */
    public record Evidence(
            long readings,
            @Nullable Instant firstAt,
            @Nullable Instant lastAt,
            List<MeterSpan> meters,
            List<RegisterEvent> events,
            List<OffsetRange> offsets) {
        public Evidence {
            meters = meters == null ? List.of() : List.copyOf(meters);
            events = events == null ? List.of() : List.copyOf(events);
            offsets = offsets == null ? List.of() : List.copyOf(offsets);
        }
    }

    /**
     * One meter's part in an hour.
     *
     * @param meter                  {@code r001/A}, {@code crah-1}, {@code solar-ppa}
     * @param measuredMilliwattHours its part of the measured energy
     * @param estimatedMilliwattHours its part of the estimated energy
     * @param firstMilliwattHours    its register as read, first in the hour; absent for a meter without register
     * @param lastMilliwattHours     likewise, last in the hour
     * @param readFrom               event time of the earliest reading that it rests on, where that is before the hour: the register at the hour's start lies between it and the
     *                               next, its power holds into the hour, or (then its start) its interval reaches into it. Whoever takes the meter's readings from here, and no
     *                               earlier ones, gets the same energy
     * @param readUntil              event time of the latest, where that is at or after the hour's end
     */
    public record MeterSpan(
            String meter,
            long measuredMilliwattHours,
            long estimatedMilliwattHours,
            @Nullable Long firstMilliwattHours,
            @Nullable Long lastMilliwattHours,
            @Nullable Instant readFrom,
            @Nullable Instant readUntil) {
        /** Of an hour that rests on readings in it alone, or of before it was told. */
        public MeterSpan(
                String meter,
                long measuredMilliwattHours,
                long estimatedMilliwattHours,
                @Nullable Long firstMilliwattHours,
                @Nullable Long lastMilliwattHours) {
            this(
                    meter,
                    measuredMilliwattHours,
                    estimatedMilliwattHours,
                    firstMilliwattHours,
                    lastMilliwattHours,
                    null,
                    null);
        }
    }

    /** How often something was seen of the hour's registers. */
    public record RegisterEvent(RegisterNote note, int count) {}

    /** Records [from, to] of one partition. */
    public record OffsetRange(String topic, int partition, long from, long to) {}
}
