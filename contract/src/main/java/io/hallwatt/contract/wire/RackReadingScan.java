package io.hallwatt.contract.wire;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.SiteId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A rack reading in primitives, read in one pass over its bytes where they have the usual form: that of {@link RackReadingCodec#write}, fields in its order,
 * no blanks, numbers of at most 15 digits without an exponent. {@link #read} refuses every other form without judging it: the codec then says what it is. What it
 * takes it reads exactly as the codec does; a property test holds the two together.
 *
 * <p>One object is filled again for each reading, so that a reading costs no garbage. Confined to one thread.
 */
public final class RackReadingScan {
    /** No register. A number that is not there is NaN. */
    public static final long ABSENT = Long.MIN_VALUE;

    private static final int MOST_PHASES = 3;

    /** So many digits are exact in a double, and so is the power of ten they are divided by: one division rounds once, as reading the decimal does. */
    private static final int MOST_DIGITS = 15;

    private static final int MOST_WHOLE_DIGITS = 18;
    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private final IdCache<SiteId> sites = new IdCache<>(SiteId::new);
    private final IdCache<HallId> halls = new IdCache<>(HallId::new);
    private final IdCache<RackId> racks = new IdCache<>(RackId::new);
    private final char[] text = new char[64];

    private byte[] bytes = {};
    private int at;
    private boolean usual;

    private String site = "";
    private String hall = "";
    private String rack = "";
    private long epochMillis;
    private long sequence;
    private final long[] register = new long[2];
    private final double[] totalWatts = new double[2];
    private final int[] phases = new int[2];
    private final double[] volts = new double[MOST_PHASES];
    private final double[] amps = new double[2 * MOST_PHASES];
    private final double[] watts = new double[2 * MOST_PHASES];
    private final double[] inlet = new double[3];
    private double outlet;
    private double humidity;

    /** @return false where the bytes have another form, and the fields say nothing */
    public boolean read(byte[] reading) {
        bytes = reading;
        at = 0;
        usual = true;
        literal(Names.START);
        site = id(sites);
        literal(Names.HALL);
        hall = id(halls);
        literal(Names.RACK);
        rack = id(racks);
        literal(Names.AT);
        epochMillis = time();
        literal(Names.SEQUENCE);
        sequence = whole();
        feed(0, Names.FEED_A);
        feed(1, Names.FEED_B);
        inlet();
        outlet = optional(Names.OUTLET);
        humidity = optional(Names.HUMIDITY);
        character('}');
        return usual && at == bytes.length;
    }

    /** The names of the fields, with what stands before and after them. */
    private static final class Names {
        static final byte[] START = ascii("{\"site\":");
        static final byte[] HALL = JsonBytes.name("hall");
        static final byte[] RACK = JsonBytes.name("rack");
        static final byte[] AT = JsonBytes.name("at");
        static final byte[] SEQUENCE = JsonBytes.name("sequence");
        static final byte[] FEED_A = JsonBytes.name("feedA");
        static final byte[] FEED_B = JsonBytes.name("feedB");
        static final byte[] REGISTER = JsonBytes.name("registerMilliwattHours");
        static final byte[] VOLTS = JsonBytes.name("volts");
        static final byte[] AMPS = JsonBytes.name("amps");
        static final byte[] WATTS = JsonBytes.name("watts");
        static final byte[] TOTAL_WATTS = JsonBytes.name("totalWatts");
        static final byte[] INLET = JsonBytes.name("inlet");
        static final byte[] TOP = JsonBytes.name("topCelsius");
        static final byte[] MIDDLE = JsonBytes.name("middleCelsius");
        static final byte[] BOTTOM = JsonBytes.name("bottomCelsius");
        static final byte[] OUTLET = JsonBytes.name("outletCelsius");
        static final byte[] HUMIDITY = JsonBytes.name("humidityPercent");

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private void feed(int feed, byte[] name) {
        int first = feed * MOST_PHASES;
        register[feed] = ABSENT;
        totalWatts[feed] = Double.NaN;
        phases[feed] = 0;
        if (!named(name)) {
            return;
        }
        character('{');
        if (named(Names.REGISTER)) {
            register[feed] = whole();
        }
        if (named(Names.VOLTS)) {
            phases[feed] = numbers(volts, 0);
            literal(Names.AMPS);
            int ampCount = numbers(amps, first);
            literal(Names.WATTS);
            int wattCount = numbers(watts, first);
            usual &= ampCount == phases[feed] && wattCount == phases[feed];
            totalWatts[feed] = optional(Names.TOTAL_WATTS);
        } else {
            totalWatts[feed] = optional(Names.WATTS);
        }
        character('}');
    }

    private void inlet() {
        Arrays.fill(inlet, Double.NaN);
        if (named(Names.INLET)) {
            character('{');
            inlet[0] = optional(Names.TOP);
            inlet[1] = optional(Names.MIDDLE);
            inlet[2] = optional(Names.BOTTOM);
            character('}');
        }
    }

    private double optional(byte[] name) {
        return named(name) ? decimal() : Double.NaN;
    }

    /** Steps over a name if it is the next, without its comma where it is its object's first. */
    private boolean named(byte[] name) {
        int skip = at > 0 && bytes[at - 1] == '{' ? 1 : 0;
        int length = name.length - skip;
        if (at + length > bytes.length || !Arrays.equals(bytes, at, at + length, name, skip, name.length)) {
            return false;
        }
        at += length;
        return true;
    }

    private void literal(byte[] name) {
        usual &= named(name);
    }

    private void character(char ascii) {
        if (at < bytes.length && bytes[at] == ascii) {
            at++;
        } else {
            usual = false;
        }
    }

    private int numbers(double[] into, int first) {
        character('[');
        int count = 0;
        do {
            into[first + count++] = decimal();
        } while (usual && count < MOST_PHASES && comma());
        character(']');
        return count;
    }

    private boolean comma() {
        boolean there = at < bytes.length && bytes[at] == ',';
        at += there ? 1 : 0;
        return there;
    }

    /** The id's own text, made and checked once; empty where the form is another. */
    private String id(IdCache<?> ids) {
        int length = quoted();
        try {
            return usual ? ids.text(text, 0, length) : "";
        } catch (IllegalArgumentException noId) {
            usual = false; // the codec says why
            return "";
        }
    }

    private long time() {
        long millis = TimeText.parse(text, 0, quoted());
        usual &= millis != TimeText.NONE;
        return millis;
    }

    /** Takes what stands in quotes into {@link #text}; escapes have no place in ids and times. */
    private int quoted() {
        character('"');
        int length = 0;
        while (at < bytes.length && bytes[at] != '"' && length < text.length) {
            text[length++] = (char) bytes[at++];
        }
        character('"');
        return length;
    }

    private long whole() {
        boolean negative = minus();
        int from = at;
        long value = digits();
        int count = at - from;
        usual &= count > 0 && count <= MOST_WHOLE_DIGITS && (count == 1 || bytes[from] != '0');
        return negative ? -value : value;
    }

    private double decimal() {
        boolean negative = minus();
        int from = at;
        long value = digits();
        int count = at - from;
        usual &= count > 0 && (count == 1 || bytes[from] != '0');
        int decimals = 0;
        if (at < bytes.length && bytes[at] == '.') {
            at++;
            int point = at;
            while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
                value = value * 10 + (bytes[at++] - '0');
            }
            decimals = at - point;
            usual &= decimals > 0;
        }
        if (count + decimals > MOST_DIGITS) {
            usual = false;
            return Double.NaN;
        }
        double number = value / POWERS_OF_TEN[decimals];
        return negative ? -number : number;
    }

    private boolean minus() {
        if (at < bytes.length && bytes[at] == '-') {
            at++;
            return true;
        }
        return false;
    }

    /** More digits than fit give any number; the caller counts them. */
    private long digits() {
        long value = 0;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + (bytes[at++] - '0');
        }
        return value;
    }

    public String site() {
        return site;
    }

    public String hall() {
        return hall;
    }

    public String rack() {
        return rack;
    }

    /** Epoch ms. */
    public long at() {
        return epochMillis;
    }

    public long sequence() {
        return sequence;
    }

    /**
     * The register of a feed, mWh, or {@link #ABSENT}.
     *
     * @param feed 0 for A, 1 for B
     */
    public long register(int feed) {
        return register[feed];
    }

    /** Active power of a feed, W, as {@link io.hallwatt.contract.FeedReading#powerWatts} has it; NaN where it is not there. */
    public double powerWatts(int feed) {
        if (!Double.isNaN(totalWatts[feed])) {
            return totalWatts[feed];
        }
        if (phases[feed] == 0) {
            return Double.NaN;
        }
        double sum = 0;
        for (int phase = 0; phase < phases[feed]; phase++) {
            sum += watts[feed * MOST_PHASES + phase];
        }
        return sum;
    }

    /** Phases that a feed gives. */
    public int phases(int feed) {
        return phases[feed];
    }

    /** @param phase below {@link #phases} */
    public double amps(int feed, int phase) {
        return amps[feed * MOST_PHASES + phase];
    }

    /** @param phase below {@link #phases} */
    public double watts(int feed, int phase) {
        return watts[feed * MOST_PHASES + phase];
    }

    /**
     * °C; NaN where the sensor is not there.
     *
     * @param sensor 0 top, 1 middle, 2 bottom
     */
    public double inletCelsius(int sensor) {
        return inlet[sensor];
    }

    /** NaN where it is not there. */
    public double outletCelsius() {
        return outlet;
    }

    /** NaN where it is not there. */
    public double humidityPercent() {
        return humidity;
    }
}
