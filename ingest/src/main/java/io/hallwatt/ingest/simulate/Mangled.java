package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.ingest.simulate.scenario.Fault.Sensor;
import java.time.Instant;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Readings as broken devices tell them: copies with something changed. */
final class Mangled {
    /** What a temperature sensor says when its wire is off. */
    static final double NO_SENSOR_CELSIUS = 999.9;

    static final double NO_METER_WATTS = -1e9;

    private Mangled() {}

    static Reading at(Reading reading, Instant at) {
        return switch (reading) {
            case RackReading r ->
                new RackReading(
                        r.site(),
                        r.hall(),
                        r.rack(),
                        at,
                        r.sequence(),
                        r.feedA(),
                        r.feedB(),
                        r.inlet(),
                        r.outletCelsius(),
                        r.humidityPercent(),
                        r.interval());
            case CoolingReading c ->
                new CoolingReading(
                        c.site(),
                        c.hall(),
                        c.unit(),
                        at,
                        c.sequence(),
                        c.electricalWatts(),
                        c.registerMilliwattHours(),
                        c.supplyCelsius(),
                        c.returnCelsius(),
                        c.flowLitresPerSecond(),
                        c.speedRatio(),
                        c.waterRegisterMillilitres(),
                        c.state(),
                        c.interval());
            case SupplyReading s ->
                new SupplyReading(
                        s.site(),
                        s.source(),
                        at,
                        s.sequence(),
                        s.watts(),
                        s.deliveredRegisterMilliwattHours(),
                        s.drawnRegisterMilliwattHours(),
                        s.availabilityRatio(),
                        s.stateOfChargeRatio(),
                        s.carbonGramsPerKilowattHour(),
                        s.interval());
        };
    }

    /** Each register that the device has, changed. */
    static Reading registers(Reading reading, LongUnaryOperator change) {
        return switch (reading) {
            case RackReading r -> feeds(r, register(r.feedA(), change), register(r.feedB(), change));
            case CoolingReading c ->
                cooling(
                        c,
                        c.electricalWatts(),
                        c.supplyCelsius(),
                        c.returnCelsius(),
                        changed(c.registerMilliwattHours(), change));
            case SupplyReading s ->
                supply(
                        s,
                        s.watts(),
                        changed(s.deliveredRegisterMilliwattHours(), change),
                        changed(s.drawnRegisterMilliwattHours(), change));
        };
    }

    static Reading implausible(Reading reading) {
        return switch (reading) {
            case RackReading r ->
                air(
                        r,
                        new InletTemperatures(NO_SENSOR_CELSIUS, NO_SENSOR_CELSIUS, NO_SENSOR_CELSIUS),
                        r.outletCelsius(),
                        r.humidityPercent());
            case CoolingReading c ->
                cooling(c, c.electricalWatts(), NO_SENSOR_CELSIUS, c.returnCelsius(), c.registerMilliwattHours());
            case SupplyReading s ->
                supply(s, NO_METER_WATTS, s.deliveredRegisterMilliwattHours(), s.drawnRegisterMilliwattHours());
        };
    }

    /** With a sensor that says what it said in {@code stuck}, a reading of the same device. */
    static Reading stuck(Reading reading, Reading stuck, Sensor sensor) {
        return switch (reading) {
            case RackReading r -> stuck instanceof RackReading old ? stuck(r, old, sensor) : r;
            case CoolingReading c -> stuck instanceof CoolingReading old ? stuck(c, old, sensor) : c;
            case SupplyReading s ->
                stuck instanceof SupplyReading old && sensor == Sensor.POWER
                        ? supply(s, old.watts(), s.deliveredRegisterMilliwattHours(), s.drawnRegisterMilliwattHours())
                        : s;
        };
    }

    private static RackReading stuck(RackReading now, RackReading old, Sensor sensor) {
        return switch (sensor) {
            case INLET -> air(now, old.inlet(), now.outletCelsius(), now.humidityPercent());
            case OUTLET -> air(now, now.inlet(), old.outletCelsius(), now.humidityPercent());
            case HUMIDITY -> air(now, now.inlet(), now.outletCelsius(), old.humidityPercent());
            case POWER -> feeds(now, power(now.feedA(), old.feedA()), power(now.feedB(), old.feedB()));
        };
    }

    private static CoolingReading stuck(CoolingReading now, CoolingReading old, Sensor sensor) {
        Long register = now.registerMilliwattHours();
        return switch (sensor) {
            case INLET -> cooling(now, now.electricalWatts(), old.supplyCelsius(), now.returnCelsius(), register);
            case OUTLET -> cooling(now, now.electricalWatts(), now.supplyCelsius(), old.returnCelsius(), register);
            case HUMIDITY -> now;
            case POWER -> cooling(now, old.electricalWatts(), now.supplyCelsius(), now.returnCelsius(), register);
        };
    }

    private static @Nullable FeedReading power(@Nullable FeedReading now, @Nullable FeedReading old) {
        return now == null || old == null
                ? now
                : new FeedReading(now.registerMilliwattHours(), old.watts(), List.<PhaseReading>copyOf(old.phases()));
    }

    private static @Nullable FeedReading register(@Nullable FeedReading feed, LongUnaryOperator change) {
        return feed == null
                ? null
                : new FeedReading(changed(feed.registerMilliwattHours(), change), feed.watts(), feed.phases());
    }

    private static @Nullable Long changed(@Nullable Long register, LongUnaryOperator change) {
        return register == null ? null : (Long) change.applyAsLong(register);
    }

    private static RackReading feeds(RackReading r, @Nullable FeedReading a, @Nullable FeedReading b) {
        return new RackReading(
                r.site(),
                r.hall(),
                r.rack(),
                r.at(),
                r.sequence(),
                a,
                b,
                r.inlet(),
                r.outletCelsius(),
                r.humidityPercent(),
                r.interval());
    }

    private static RackReading air(
            RackReading r, @Nullable InletTemperatures inlet, @Nullable Double outlet, @Nullable Double humidity) {
        return new RackReading(
                r.site(),
                r.hall(),
                r.rack(),
                r.at(),
                r.sequence(),
                r.feedA(),
                r.feedB(),
                inlet,
                outlet,
                humidity,
                r.interval());
    }

    private static CoolingReading cooling(
            CoolingReading c,
            @Nullable Double watts,
            @Nullable Double supply,
            @Nullable Double back,
            @Nullable Long register) {
        return new CoolingReading(
                c.site(),
                c.hall(),
                c.unit(),
                c.at(),
                c.sequence(),
                watts,
                register,
                supply,
                back,
                c.flowLitresPerSecond(),
                c.speedRatio(),
                c.waterRegisterMillilitres(),
                c.state(),
                c.interval());
    }

    private static SupplyReading supply(
            SupplyReading s, @Nullable Double watts, @Nullable Long delivered, @Nullable Long drawn) {
        return new SupplyReading(
                s.site(),
                s.source(),
                s.at(),
                s.sequence(),
                watts,
                delivered,
                drawn,
                s.availabilityRatio(),
                s.stateOfChargeRatio(),
                s.carbonGramsPerKilowattHour(),
                s.interval());
    }
}
