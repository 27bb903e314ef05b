package io.hallwatt.ingest.simulate.scenario;

import java.time.Duration;

/** Something that goes wrong, when, and where. */
public sealed interface Fault {
    Span span();

    /** Which of a rack's feeds. */
    enum FeedName {
        A(0),
        B(1);

        private final int index;

        FeedName(int index) {
            this.index = index;
        }

        /** 0 for A, 1 for B. */
        public int index() {
            return index;
        }
    }

    /** A sensor that can stick. */
    enum Sensor {
        /** Temperature at the rack's intake, all three; the supply temperature of a cooling unit. */
        INLET,
        /** Behind the rack; the return temperature of a cooling unit. */
        OUTLET,
        HUMIDITY,
        /** Volts, amps and watts of the rack's feeds; the electrical power of a cooling unit or of a source. Its register goes on. */
        POWER
    }

    /** Faults of single devices. */
    sealed interface Struck extends Fault {
        Target target();
    }

    /** Faults that change what goes through a rack's feeds, or what their registers show. */
    sealed interface Electrical extends Struck {}

    /** Faults of the way from the device to the pipeline, and of its electronics: physics goes on. */
    sealed interface Delivery extends Struck {}

    /** One feed of a rack draws so much that its most loaded phase stands at {@code to} of its breaker. */
    record BreakerOverload(Span span, Target target, FeedName feed, double to) implements Electrical {}

    /** One feed of a rack is dead, its PDU silent; the other feed carries all. */
    record FeedLoss(Span span, Target target, FeedName feed) implements Electrical {}

    /** A cooling unit stops. */
    record CoolingFailure(Span span, Target target) implements Struck {}

    /** The energy registers of a rack start again from 0. */
    record RegisterReset(Span span, Target target) implements Electrical {}

    /** Sun's light falls by {@code depth} within half a minute, over the whole site. */
    record CloudFront(Span span, double depth) implements Fault {}

    /**
     * No power from the grid. The site's battery gives what it can, and the halls ride through on UPS batteries and generators, which no meter of the site model sees: racks draw more than
     * comes in by the site's meters. What the UPS batteries gave comes back from the grid afterwards.
     */
    record GridLoss(Span span) implements Fault {}

    /** Readings are lost; the device goes on counting them. */
    record Silence(Span span, Target target) implements Delivery {}

    /** The device's clock is ahead; behind where negative. */
    record ClockSkew(Span span, Target target, Duration ahead) implements Delivery {}

    /** A share of the readings comes a second time, so much later. */
    record DuplicateDelivery(Span span, Target target, double share, Duration after) implements Delivery {}

    /** A share of the readings comes late by up to {@code by}, after others. */
    record ReorderedDelivery(Span span, Target target, double share, Duration by) implements Delivery {}

    /** A sensor goes on saying what it said when the fault began. */
    record StuckSensor(Span span, Target target, Sensor sensor) implements Delivery {}

    /** In a share of the readings the register is far off. */
    record RegisterGlitch(Span span, Target target, double share) implements Delivery {}

    /** In a share of the readings the register is one or two counts back. */
    record RegisterJitter(Span span, Target target, double share) implements Delivery {}

    /** A share of the readings says what cannot be: a temperature of 999.9 °C, a power of −1 GW. */
    record ImplausibleValue(Span span, Target target, double share) implements Delivery {}
}
