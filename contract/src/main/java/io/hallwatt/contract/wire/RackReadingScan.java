package io.hallwatt.contract.wire;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.SiteId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A rack reading in primitives, its decimals in thousandths, read in one pass over its bytes where they have the usual form: that of {@link RackReadingCodec#write}, fields in its order,
 * no blanks, numbers of at most 15 digits without an exponent. {@link #read} refuses every other form without judging it: the codec then says what it is. What it
 * takes it reads exactly as the codec does; a property test holds the two together.
 *
 * <p>One object is filled again for each reading, so that a reading costs no garbage. Confined to one thread.
 */
public final class RackReadingScan {
    /** What is not there. */
    public static final long ABSENT = Long.MIN_VALUE;

    private static final int MOST_PHASES = 3;
    private static final int SECOND_BYTES = 20;
    private static final int TIME_BYTES = 26;

    /** So many digits are exact in a double, and so is the power of ten they are divided by: one division rounds once, as reading the decimal does. */
    private static final int MOST_DIGITS = 15;

    private static final int MOST_WHOLE_DIGITS = 18;

    /** So many digits before the point and three behind it are whole thousandths, and the doubles that the codec computes with round to the same. */
    private static final int MOST_EXACT_DIGITS = 9;

    private static final int EXACT_DECIMALS = 3;
    private static final long[] TO_THOUSANDTHS = {1_000, 100, 10, 1};
    private static final double[] POWERS_OF_TEN = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x30303030_30303030L;
    private static final long ABOVE_NINE = 0x76767676_76767676L;
    private static final long HIGHEST_BITS = 0x80808080_80808080L;
    private static final long[] WHOLE_POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private final IdCache<SiteId> sites = new IdCache<>(SiteId::new);
    private final IdCache<HallId> halls = new IdCache<>(HallId::new);
    private final IdCache<RackId> racks = new IdCache<>(RackId::new);
    private final char[] text = new char[64];

    /** With the quote before it, up to the whole second: {@code "2026-01-15T12:00:00}. */
    private final byte[] second = new byte[SECOND_BYTES];

    private boolean secondKnown;
    private long secondMillis;

    private byte[] bytes = {};
    private int from;
    private int at;
    private int end;
    private boolean usual;

    private String site = "";
    private String hall = "";
    private String rack = "";
    private long epochMillis;
    private long sequence;
    private final long[] register = new long[2];
    private final long[] totalMilliwatts = new long[2];
    private final int[] phases = new int[2];
    private final long[] millivolts = new long[MOST_PHASES];
    private final long[] milliamps = new long[2 * MOST_PHASES];
    private final long[] milliwatts = new long[2 * MOST_PHASES];
    /** The same in W, where a thousandth is too coarse: what adds them up rounds once. NaN where it is not. */
    private final double[] fineWatts = new double[2 * MOST_PHASES];

    private final long[] inlet = new long[3];
    private long outlet;
    private long humidity;
    /** Of the number read last, where thousandths are too coarse for it; else NaN. */
    private double fine;

    /** As {@link #read(byte[], int, int)}, of all bytes. */
    public boolean read(byte[] reading) {
        return read(reading, 0, reading.length);
    }

    /**
     * Reads what stands in {@code in} from {@code begin} up to {@code to}.
     *
     * @return false where the bytes have another form, and the fields say nothing
     */
    public boolean read(byte[] in, int begin, int to) {
        bytes = in;
        from = begin;
        at = begin;
        end = to;
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
        return usual && at == end;
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
        register[feed] = ABSENT;
        totalMilliwatts[feed] = ABSENT;
        phases[feed] = 0;
        if (!named(name)) {
            return;
        }
        character('{');
        if (named(Names.REGISTER)) {
            register[feed] = whole();
        }
        if (named(Names.VOLTS)) {
            byPhase(feed);
            totalMilliwatts[feed] = optional(Names.TOTAL_WATTS);
        } else {
            totalMilliwatts[feed] = optional(Names.WATTS);
        }
        character('}');
    }

    private void byPhase(int feed) {
        int first = feed * MOST_PHASES;
        int count = numbers(millivolts, 0);
        literal(Names.AMPS);
        int ampCount = numbers(milliamps, first);
        literal(Names.WATTS);
        int wattCount = 0;
        character('[');
        do {
            milliwatts[first + wattCount] = decimal();
            fineWatts[first + wattCount++] = fine;
        } while (usual && wattCount < MOST_PHASES && comma());
        character(']');
        usual &= ampCount == count && wattCount == count;
        phases[feed] = count;
    }

    private void inlet() {
        Arrays.fill(inlet, ABSENT);
        if (named(Names.INLET)) {
            character('{');
            inlet[0] = optional(Names.TOP);
            inlet[1] = optional(Names.MIDDLE);
            inlet[2] = optional(Names.BOTTOM);
            character('}');
        }
    }

    private long optional(byte[] name) {
        return named(name) ? decimal() : ABSENT;
    }

    /** Steps over a name if it is the next, without its comma where it is its object's first. */
    private boolean named(byte[] name) {
        int skip = at > from && bytes[at - 1] == '{' ? 1 : 0;
        int length = name.length - skip;
        if (at + length > end || !Arrays.equals(bytes, at, at + length, name, skip, name.length)) {
            return false;
        }
        at += length;
        return true;
    }

    private void literal(byte[] name) {
        usual &= named(name);
    }

    private void character(char ascii) {
        if (at < end && bytes[at] == ascii) {
            at++;
        } else {
            usual = false;
        }
    }

    private int numbers(long[] into, int first) {
        character('[');
        int count = 0;
        do {
            into[first + count++] = decimal();
        } while (usual && count < MOST_PHASES && comma());
        character(']');
        return count;
    }

    private boolean comma() {
        boolean there = at < end && bytes[at] == ',';
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

    /** Neighbours are mostly of the same second: then its milliseconds are all there is to read. */
    private long time() {
        if (secondKnown
                && at + TIME_BYTES <= end
                && Arrays.equals(bytes, at, at + SECOND_BYTES, second, 0, SECOND_BYTES)) {
            int millis = millis(at + SECOND_BYTES);
            if (millis >= 0) {
                at += TIME_BYTES;
                return secondMillis + millis;
            }
        }
        int start = at;
        long time = TimeText.parse(text, 0, quoted());
        if (time == TimeText.NONE) {
            usual = false;
        } else if (usual && at - start == TIME_BYTES) {
            System.arraycopy(bytes, start, second, 0, SECOND_BYTES);
            secondKnown = true;
            secondMillis = time - Math.floorMod(time, 1_000);
        }
        return time;
    }

    /** What {@code .250Z"} says; −1 where there is something else. */
    private int millis(int place) {
        int hundreds = bytes[place + 1] - '0';
        int tens = bytes[place + 2] - '0';
        int ones = bytes[place + 3] - '0';
        boolean right = bytes[place] == '.'
                && (hundreds | tens | ones) >= 0
                && hundreds <= 9
                && tens <= 9
                && ones <= 9
                && bytes[place + 4] == 'Z'
                && bytes[place + 5] == '"';
        return right ? hundreds * 100 + tens * 10 + ones : -1;
    }

    /** Takes what stands in quotes into {@link #text}; escapes have no place in ids and times. */
    private int quoted() {
        character('"');
        int length = 0;
        while (at < end && bytes[at] != '"' && length < text.length) {
            text[length++] = (char) bytes[at++];
        }
        character('"');
        return length;
    }

    private long whole() {
        boolean negative = minus();
        int from = at;
        long value = digits(0);
        int count = at - from;
        usual &= count > 0 && count <= MOST_WHOLE_DIGITS && (count == 1 || bytes[from] != '0');
        return negative ? -value : value;
    }

    /** In thousandths, rounded half up as {@link Math#round(double)} does. */
    private long decimal() {
        boolean negative = minus();
        int start = at;
        long value = digits(0);
        int count = at - start;
        usual &= count > 0 && (count == 1 || bytes[start] != '0');
        int decimals = 0;
        if (at < end && bytes[at] == '.') {
            at++;
            int point = at;
            value = digits(value);
            decimals = at - point;
            usual &= decimals > 0;
        }
        if (decimals <= EXACT_DECIMALS && count <= MOST_EXACT_DIGITS) {
            fine = Double.NaN;
            long thousandths = value * TO_THOUSANDTHS[decimals];
            return negative ? -thousandths : thousandths;
        }
        if (count + decimals > MOST_DIGITS) {
            usual = false;
            return ABSENT;
        }
        double number = value / POWERS_OF_TEN[decimals];
        fine = negative ? -number : number;
        return Math.round(fine * 1_000);
    }

    private boolean minus() {
        if (at < end && bytes[at] == '-') {
            at++;
            return true;
        }
        return false;
    }

    /**
     * Steps over the digits that follow, eight at a time, and puts them behind {@code before}. More digits than fit give any number; the caller counts them.
     */
    private long digits(long before) {
        long value = before;
        while (at + Long.BYTES <= bytes.length) {
            long eight = (long) EIGHT_BYTES.get(bytes, at) ^ ZEROS;
            // A byte that is no digit has its highest bit set here; what it carries over lies behind it.
            long others = ((eight + ABOVE_NINE) | eight) & HIGHEST_BITS;
            int count = Math.min(Long.numberOfTrailingZeros(others) >>> 3, end - at);
            if (count <= 0) {
                return value;
            }
            value = value * WHOLE_POWERS[count] + number(eight << (Long.SIZE - Byte.SIZE * count));
            at += count;
            if (count < Long.BYTES) {
                return value;
            }
        }
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + (bytes[at++] - '0');
        }
        return value;
    }

    /** Eight digits, the first of them in the lowest byte: first in pairs, then the pairs in fours, then both. */
    private static long number(long digits) {
        long pairs = digits * 10 + (digits >>> 8);
        return (((pairs & 0x000000FF_000000FFL) * 0x000F4240_00000064L)
                        + (((pairs >>> 16) & 0x000000FF_000000FFL) * 0x00002710_00000001L))
                >>> 32;
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

    /** Active power of a feed, mW, as {@link io.hallwatt.contract.FeedReading#powerWatts} has it in W; {@link #ABSENT} where it is not there. */
    public long powerMilliwatts(int feed) {
        if (totalMilliwatts[feed] != ABSENT || phases[feed] == 0) {
            return totalMilliwatts[feed];
        }
        long sum = 0;
        for (int phase = 0; phase < phases[feed]; phase++) {
            if (!Double.isNaN(fineWatts[feed * MOST_PHASES + phase])) {
                return finePower(feed);
            }
            sum += milliwatts[feed * MOST_PHASES + phase];
        }
        return sum;
    }

    private long finePower(int feed) {
        double sum = 0;
        for (int phase = 0; phase < phases[feed]; phase++) {
            int at = feed * MOST_PHASES + phase;
            sum += Double.isNaN(fineWatts[at]) ? milliwatts[at] / 1_000.0 : fineWatts[at];
        }
        return Math.round(sum * 1_000);
    }

    /** Phases that a feed gives. */
    public int phases(int feed) {
        return phases[feed];
    }

    /** @param phase below {@link #phases} */
    public long milliamps(int feed, int phase) {
        return milliamps[feed * MOST_PHASES + phase];
    }

    /** @param phase below {@link #phases} */
    public long milliwatts(int feed, int phase) {
        return milliwatts[feed * MOST_PHASES + phase];
    }

    /**
     * Thousandths of °C; {@link #ABSENT} where the sensor is not there.
     *
     * @param sensor 0 top, 1 middle, 2 bottom
     */
    public long inletMillicelsius(int sensor) {
        return inlet[sensor];
    }

    /** Thousandths of °C; {@link #ABSENT} where it is not there. */
    public long outletMillicelsius() {
        return outlet;
    }

    /** Relative humidity in thousandths of a percent; {@link #ABSENT} where it is not there. */
    public long humidityMillipercent() {
        return humidity;
    }
}
