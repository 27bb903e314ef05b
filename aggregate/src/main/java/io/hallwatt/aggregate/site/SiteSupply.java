package io.hallwatt.aggregate.site;

import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;

import io.hallwatt.aggregate.account.EnergyAccount;
import io.hallwatt.aggregate.account.HourlyMean;
import io.hallwatt.aggregate.energy.Arrival;
import io.hallwatt.aggregate.energy.Energy;
import io.hallwatt.aggregate.energy.EnergyBook;
import io.hallwatt.aggregate.energy.MeterSpec;
import io.hallwatt.aggregate.window.DeviceFrontiers;
import io.hallwatt.contract.EnergyHour;
import io.hallwatt.contract.EnergySubject;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.site.SupplySource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Energy of one supply source: what it delivered, what it drew, and how much carbon a kilowatt-hour of it carries. */
final class SiteSupply {
    private final SiteId site;
    private SupplySource source;
    final EnergyAccount delivered;
    final EnergyAccount drawn;
    final HourlyMean carbon = new HourlyMean();
    boolean carbonDirty;

    SiteSupply(SiteId site, SupplySource source, SiteSettings settings) {
        this.site = site;
        this.source = source;
        this.delivered = new EnergyAccount(
                site, new EnergySubject.SourceDelivered(source.id()), settings.supplyTopic(), settings.live());
        this.drawn = new EnergyAccount(
                site, new EnergySubject.SourceDrawn(source.id()), settings.supplyTopic(), settings.live());
        carbon.given(source.carbonGramsPerKilowattHour());
    }

    SupplySource source() {
        return source;
    }

    /** Takes the source as the site model has it now. */
    void apply(SupplySource model) {
        source = model;
        carbon.given(model.carbonGramsPerKilowattHour());
        delivered.meters(specs(), DeviceFrontiers.NEVER);
        drawn.meters(specs(), DeviceFrontiers.NEVER);
    }

    void restore(Map<String, byte[]> deliveredParts, Map<String, byte[]> drawnParts) {
        delivered.restore(specs(), deliveredParts);
        drawn.restore(specs(), drawnParts);
    }

    private List<MeterSpec> specs() {
        double watts = source.ratedWatts() > 0 && Double.isFinite(source.ratedWatts()) ? source.ratedWatts() : 1e9;
        return List.of(new MeterSpec(
                source.id().text(),
                source.registerModulusMilliwattHours(),
                watts,
                source.reportInterval(),
                source.registerResolutionMilliwattHours()));
    }

    void read(SupplyReading reading, int partition, long offset) {
        long at = reading.at().toEpochMilli();
        IntervalEnergy interval = reading.interval();
        long measuredAt = interval == null ? at : at - 1;
        Double intensity = reading.carbonGramsPerKilowattHour();
        if (intensity != null) {
            // A factor holds for the time before it was stated: at the full hour, for the hour that ends.
            carbon.add(at - 1, intensity);
            carbonDirty = true;
        }
        if (interval != null) {
            Arrival arrival =
                    delivered.book().interval(0, interval.start().toEpochMilli(), at, interval.milliwattHours());
            delivered.evidence(arrival, measuredAt, partition, offset);
            return;
        }
        long milliwatts = milliwatts(reading);
        meter(delivered, reading.deliveredRegisterMilliwattHours(), milliwatts, at, partition, offset);
        if (reading.drawnRegisterMilliwattHours() != null || reading.deliveredRegisterMilliwattHours() == null) {
            meter(
                    drawn,
                    reading.drawnRegisterMilliwattHours(),
                    milliwatts == ABSENT ? ABSENT : -milliwatts,
                    at,
                    partition,
                    offset);
        }
    }

    private static void meter(
            EnergyAccount account, @Nullable Long register, long milliwatts, long at, int partition, long offset) {
        long known = milliwatts == ABSENT ? EnergyBook.NO_POWER : Math.max(0, milliwatts);
        if (register != null) {
            account.evidence(account.book().register(0, at, register, known), at, partition, offset);
        } else if (milliwatts != ABSENT) {
            account.evidence(account.book().power(0, at, known), at, partition, offset);
        }
    }

    static long milliwatts(SupplyReading reading) {
        Double watts = reading.watts();
        return watts == null ? ABSENT : Math.round(watts * 1000);
    }

    /** Whether the registers around {@code boundary} were read. */
    boolean settled(long boundary, long silentSince) {
        return delivered.book().waiting(boundary, silentSince) + drawn.book().waiting(boundary, silentSince) == 0;
    }

    /** Delivered less drawn, mWh, in a window of whole minutes; null where it is not known. Estimated where either is. */
    @Nullable
    Net net(long start, long end) {
        Energy in = delivered.window(start, end);
        Energy out = drawn.window(start, end);
        boolean draws = drawn.book().nextHour().isPresent();
        if (in == null || in.metersComplete() == 0 || (draws && (out == null || out.metersComplete() == 0))) {
            return null;
        }
        long minus = draws && out != null ? out.totalMilliwattHours() : 0;
        boolean estimated =
                in.estimatedMilliwattHours() != 0 || (draws && out != null && out.estimatedMilliwattHours() != 0);
        return new Net(in.totalMilliwattHours() - minus, estimated);
    }

    /** mWh, + to the site. */
    record Net(long milliwattHours, boolean estimated) {}

    void closeHours(long end, Consumer<EnergyHour> out) {
        delivered.closeHours(end, carbon, out);
        drawn.closeHours(end, carbon, out);
        delivered.restate(carbon, out);
        drawn.restate(carbon, out);
        factorHours(end, out);
        if (!factorOnly()) {
            carbon.forgetBefore(Math.min(hour(delivered), hour(drawn)) - 4 * Resolution.HOUR.millis());
        }
    }

    /** A source of which only the carbon intensity is known. */
    private boolean factorOnly() {
        return delivered.book().nextHour().isEmpty() && drawn.book().nextHour().isEmpty();
    }

    /** Hours of a source without any energy meter: no energy is known of them, but the factor is. */
    private void factorHours(long end, Consumer<EnergyHour> out) {
        if (!factorOnly()) {
            return;
        }
        for (long start : carbon.hoursBefore(end - Resolution.HOUR.millis() + 1)) {
            out.accept(new EnergyHour(
                    site,
                    new EnergySubject.SourceDelivered(source.id()),
                    Instant.ofEpochMilli(start),
                    0,
                    0,
                    0,
                    1,
                    0,
                    carbon.of(start),
                    new EnergyHour.Evidence(carbon.count(start), null, null, List.of(), List.of(), List.of())));
            carbon.forgetBefore(start + 1);
            carbonDirty = true;
        }
    }

    void endHours(Consumer<EnergyHour> out) {
        delivered.closeHours(delivered.lastHourEnd(), carbon, out);
        drawn.closeHours(drawn.lastHourEnd(), carbon, out);
        delivered.restate(carbon, out);
        drawn.restate(carbon, out);
        factorHours(Long.MAX_VALUE, out);
    }

    private static long hour(EnergyAccount account) {
        return account.book().nextHour().orElse(Long.MAX_VALUE / 2);
    }
}
