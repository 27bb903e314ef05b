package io.hallwatt.ingest.validate;

import static io.hallwatt.ingest.validate.Gate.implausible;
import static io.hallwatt.ingest.validate.Gate.shown;
import static io.hallwatt.ingest.validate.Gate.within;

import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.ingest.validate.Verdict.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a rack's PDUs and sensors can have meant. */
final class RackGate {
    /** 200 to 260 V where 230 V is nominal. */
    private static final double LEAST_VOLTS = 200.0 / 230;

    private static final double MOST_VOLTS = 260.0 / 230;

    /** Below this part of the nominal voltage a phase is dead: a lost feed, and no fault of the reading. */
    private static final double DEAD_VOLTS = 0.1;

    private static final double MOST_AMPS = 1.25;
    private static final double MOST_WATTS = 1.1;

    /** Active power is at most volts × amps, but for the meters' errors. */
    private static final double METER_ERROR = 0.03;

    private static final double METER_ERROR_WATTS = 50;

    /** Lower than any supply's power factor: kilowatts sent as watts are a thousandth. */
    private static final double LEAST_POWER_FACTOR = 0.1;

    private static final String MEND_UNIT = "mend the unit, the scale or the site model";
    private static final String MEND_SENSOR = "check the sensor";

    private RackGate() {}

    static @Nullable Refusal check(RackReading reading, Rack rack) {
        if (!measuresAnything(reading)) {
            return new Refusal(
                    RejectCode.MISSING_VALUE,
                    "%s: nothing is measured; send power, a register, energy or a temperature"
                            .formatted(reading.device()));
        }
        Refusal refusal = feed(reading, 'A', reading.feedA(), rack.feedA(), rack);
        if (refusal == null) {
            refusal = feed(reading, 'B', reading.feedB(), rack.feedB(), rack);
        }
        if (refusal == null) {
            refusal = total(reading, rack);
        }
        if (refusal == null) {
            refusal = Gate.interval(reading, reading.interval(), reading.at(), MOST_WATTS * rack.ratedWatts());
        }
        return refusal == null ? air(reading) : refusal;
    }

    private static boolean measuresAnything(RackReading reading) {
        InletTemperatures inlet = reading.inlet();
        return measuresAnything(reading.feedA())
                || measuresAnything(reading.feedB())
                || reading.interval() != null
                || reading.outletCelsius() != null
                || reading.humidityPercent() != null
                || (inlet != null
                        && (inlet.topCelsius() != null
                                || inlet.middleCelsius() != null
                                || inlet.bottomCelsius() != null));
    }

    private static boolean measuresAnything(@Nullable FeedReading feed) {
        return feed != null
                && (feed.registerMilliwattHours() != null
                        || feed.watts() != null
                        || !feed.phases().isEmpty());
    }

    private static @Nullable Refusal feed(
            RackReading reading, char name, @Nullable FeedReading measured, @Nullable Feed modelled, Rack rack) {
        if (measured == null) {
            return null;
        }
        if (modelled == null) {
            return new Refusal(
                    RejectCode.UNKNOWN_DEVICE,
                    "%s: feed %c is not in the site model; mend the reading or add the feed to the site file"
                            .formatted(reading.device(), name));
        }
        Long register = measured.registerMilliwattHours();
        if (register != null && outsideRegister(register, rack.registerModulusMilliwattHours())) {
            return Gate.register(reading, "register of feed " + name, register, rack.registerModulusMilliwattHours());
        }
        Double watts = measured.watts();
        if (watts != null) {
            Refusal refusal =
                    within(reading, "power of a feed", watts, "W", 0, MOST_WATTS * modelled.ratedWatts(), MEND_UNIT);
            if (refusal != null) {
                return refusal;
            }
        }
        List<PhaseReading> phases = measured.phases();
        if (phases.size() > modelled.phases()) {
            return implausible("%s: feed %c has %d phases, the site model %d; mend either"
                    .formatted(reading.device(), name, phases.size(), modelled.phases()));
        }
        for (int i = 0; i < phases.size(); i++) {
            Refusal refusal = phase(reading, phases.get(i), modelled);
            if (refusal != null) {
                return new Refusal(refusal.code(), refusal.reason() + " (feed %c, L%d)".formatted(name, i + 1));
            }
        }
        return null;
    }

    private static boolean outsideRegister(long register, long modulus) {
        return register < 0 || register >= modulus || Sentinels.isOne(register);
    }

    private static @Nullable Refusal phase(RackReading reading, PhaseReading phase, Feed feed) {
        boolean dead = phase.volts() >= 0 && phase.volts() < DEAD_VOLTS * feed.volts() && phase.amps() == 0;
        double least = dead ? 0 : LEAST_VOLTS * feed.volts();
        Refusal refusal = within(reading, "voltage", phase.volts(), "V", least, MOST_VOLTS * feed.volts(), MEND_UNIT);
        if (refusal == null) {
            refusal = within(reading, "current", phase.amps(), "A", 0, MOST_AMPS * feed.breakerAmps(), MEND_UNIT);
        }
        if (refusal == null) {
            refusal = within(
                    reading, "power of a phase", phase.watts(), "W", 0, MOST_WATTS * feed.ratedWatts(), MEND_UNIT);
        }
        return refusal == null ? againstApparentPower(reading, phase) : refusal;
    }

    /** A phase's three values against each other: what swapped words and mixed units betray. */
    private static @Nullable Refusal againstApparentPower(RackReading reading, PhaseReading phase) {
        double apparent = phase.volts() * phase.amps();
        double least = LEAST_POWER_FACTOR * apparent - METER_ERROR_WATTS;
        double most = (1 + METER_ERROR) * apparent + METER_ERROR_WATTS;
        if (phase.watts() >= least && phase.watts() <= most) {
            return null;
        }
        return implausible(
                "%s: power of a phase is %s W at %s V and %s A, possible is %s to %s W; mend the unit (W, kW) or the order of the words"
                        .formatted(
                                reading.device(),
                                shown(phase.watts()),
                                shown(phase.volts()),
                                shown(phase.amps()),
                                shown(Math.max(0, least)),
                                shown(most)));
    }

    private static @Nullable Refusal total(RackReading reading, Rack rack) {
        FeedReading a = reading.feedA();
        FeedReading b = reading.feedB();
        double watts = power(a) + power(b);
        double most = MOST_WATTS * rack.ratedWatts();
        return watts <= most
                ? null
                : implausible("%s: power of all feeds is %s W, possible is 0 to %s; %s"
                        .formatted(reading.device(), shown(watts), shown(most), MEND_UNIT));
    }

    private static double power(@Nullable FeedReading feed) {
        if (feed == null) {
            return 0;
        }
        Double total = feed.watts();
        if (total != null) {
            return total;
        }
        double sum = 0;
        List<PhaseReading> phases = feed.phases();
        for (int i = 0; i < phases.size(); i++) {
            sum += phases.get(i).watts();
        }
        return sum;
    }

    private static @Nullable Refusal air(RackReading reading) {
        InletTemperatures inlet = reading.inlet();
        Refusal refusal = null;
        if (inlet != null) {
            refusal = inlet(reading, "inlet temperature, top,", inlet.topCelsius());
            if (refusal == null) {
                refusal = inlet(reading, "inlet temperature, middle,", inlet.middleCelsius());
            }
            if (refusal == null) {
                refusal = inlet(reading, "inlet temperature, bottom,", inlet.bottomCelsius());
            }
        }
        if (refusal == null) {
            // 85 °C is what a 1-wire sensor says before its first measurement, −127 °C when it is not there.
            refusal = within(reading, "outlet temperature", reading.outletCelsius(), "°C", -10, 84.9, MEND_SENSOR);
        }
        return refusal == null
                ? within(reading, "relative humidity", reading.humidityPercent(), "%", 0, 100, MEND_SENSOR)
                : refusal;
    }

    private static @Nullable Refusal inlet(RackReading reading, String what, @Nullable Double celsius) {
        return within(reading, what, celsius, "°C", -10, 65, MEND_SENSOR);
    }
}
