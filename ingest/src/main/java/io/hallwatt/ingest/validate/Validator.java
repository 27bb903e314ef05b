package io.hallwatt.ingest.validate;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplySource;
import io.hallwatt.ingest.validate.Verdict.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading → believed or refused, by the site model and the time. Without state: the same question has the same answer. */
public final class Validator {
    private final DeviceIndex devices;
    private final Duration skewLimit;
    private final long skewLimitMillis;

    /** @param skewLimit how far ahead of us a device's clock may be; one that is further ahead would close windows early */
    public Validator(Site site, Duration skewLimit) {
        this.devices = new DeviceIndex(site);
        this.skewLimit = skewLimit;
        this.skewLimitMillis = skewLimit.toMillis();
    }

    /** @param now our clock, epoch ms */
    public Verdict judge(Reading reading, long now) {
        Refusal refusal = time(reading, now);
        if (refusal == null && !reading.site().equals(devices.site().id())) {
            refusal = new Refusal(
                    RejectCode.UNKNOWN_DEVICE,
                    "%s: site %s is not %s, which is ingested here%s; mend the site's id"
                            .formatted(
                                    reading.device(),
                                    reading.site(),
                                    devices.site().id(),
                                    Nearest.hint(
                                            reading.site().text(),
                                            List.of(devices.site().id().text()))));
        }
        if (refusal == null) {
            refusal = device(reading);
        }
        return refusal == null ? Verdict.Accepted.ACCEPTED : refusal;
    }

    private @Nullable Refusal time(Reading reading, long now) {
        Instant at = reading.at();
        if (at.getEpochSecond() < 0) {
            return new Refusal(
                    RejectCode.BAD_TIME,
                    "%s: %s is before 1970; set the device's clock".formatted(reading.device(), at));
        }
        // By seconds first: milliseconds of a far future do not fit a long.
        if (at.getEpochSecond() > (now + skewLimitMillis) / 1000 + 1 || at.toEpochMilli() > now + skewLimitMillis) {
            return new Refusal(
                    RejectCode.TIME_AHEAD,
                    "%s: %s is more than %s ahead of our clock, %s; set the device's clock (NTP)"
                            .formatted(reading.device(), at, Durations.format(skewLimit), Instant.ofEpochMilli(now)));
        }
        return null;
    }

    private @Nullable Refusal device(Reading reading) {
        return switch (reading) {
            case RackReading r -> {
                Rack rack = devices.rack(r.hall(), r.rack());
                yield rack == null ? unknown(devices.unknownRack(r.hall(), r.rack())) : RackGate.check(r, rack);
            }
            case CoolingReading c -> {
                CoolingUnit unit = devices.unit(c.hall(), c.unit());
                yield unit == null ? unknown(devices.unknownUnit(c.hall(), c.unit())) : CoolingGate.check(c, unit);
            }
            case SupplyReading s -> {
                SupplySource source = devices.source(s.source());
                yield source == null
                        ? unknown(devices.unknownSource(s.source()))
                        : SupplyGate.check(s, source, devices.site());
            }
        };
    }

    private static Refusal unknown(String reason) {
        return new Refusal(RejectCode.UNKNOWN_DEVICE, reason);
    }
}
