package io.hallwatt.aggregate.window;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import java.util.Arrays;

/**
 * The power samples of many devices in one open window, each device's in order of time, whatever order they come in. Also the window's memory of what
 * it has seen: a second sample of the same device, time and sequence is refused.
 *
 * <p>A sample has one value a channel (a rack: total, feed A, feed B), mW, {@link #ABSENT} where it does not say.
 */
public final class PowerSamples {
    /** No value: neither zero nor NaN. */
    public static final long ABSENT = Long.MIN_VALUE;

    private final int channels;
    private int[] count;
    private int capacity = 1;
    private int[] offset;
    private long[] sequence;
    private long[] milliwatts;

    public PowerSamples(int devices, int channels) {
        this.channels = channels;
        this.count = new int[devices];
        this.offset = new int[devices];
        this.sequence = new long[devices];
        this.milliwatts = new long[devices * channels];
    }

    public int devices() {
        return count.length;
    }

    public int channels() {
        return channels;
    }

    /** Makes room for more devices. */
    public void grow(int devices) {
        if (devices > count.length) {
            count = Arrays.copyOf(count, devices);
            offset = Arrays.copyOf(offset, devices * capacity);
            sequence = Arrays.copyOf(sequence, devices * capacity);
            milliwatts = Arrays.copyOf(milliwatts, devices * capacity * channels);
        }
    }

    public int count(int device) {
        return count[device];
    }

    /** Ms after the window's start, of a device's i-th sample in order of time. */
    public int offset(int device, int i) {
        return offset[device * capacity + i];
    }

    public long sequence(int device, int i) {
        return sequence[device * capacity + i];
    }

    public long milliwatts(int device, int i, int channel) {
        return milliwatts[(device * capacity + i) * channels + channel];
    }

    /**
     * @param values one a channel; not kept
     * @return false where the very sample was there already
     */
    public boolean add(int device, int offsetMillis, long sequenceNumber, long[] values) {
        if (count[device] == capacity) {
            widen();
        }
        int from = device * capacity;
        int place = from + count[device];
        while (place > from && after(place - 1, offsetMillis, sequenceNumber)) {
            place--;
        }
        if (place > from && offset[place - 1] == offsetMillis && sequence[place - 1] == sequenceNumber) {
            return false;
        }
        int moved = from + count[device] - place;
        if (moved > 0) { // seldom: samples mostly come in their order
            System.arraycopy(offset, place, offset, place + 1, moved);
            System.arraycopy(sequence, place, sequence, place + 1, moved);
            System.arraycopy(milliwatts, place * channels, milliwatts, (place + 1) * channels, moved * channels);
        }
        offset[place] = offsetMillis;
        sequence[place] = sequenceNumber;
        System.arraycopy(values, 0, milliwatts, place * channels, channels);
        count[device]++;
        return true;
    }

    private boolean after(int place, int offsetMillis, long sequenceNumber) {
        return offset[place] > offsetMillis || (offset[place] == offsetMillis && sequence[place] > sequenceNumber);
    }

    private void widen() {
        int wider = capacity * 2;
        int devices = count.length;
        int[] offsets = new int[devices * wider];
        long[] sequences = new long[devices * wider];
        long[] values = new long[devices * wider * channels];
        for (int d = 0; d < devices; d++) {
            System.arraycopy(offset, d * capacity, offsets, d * wider, count[d]);
            System.arraycopy(sequence, d * capacity, sequences, d * wider, count[d]);
            System.arraycopy(milliwatts, d * capacity * channels, values, d * wider * channels, count[d] * channels);
        }
        capacity = wider;
        offset = offsets;
        sequence = sequences;
        milliwatts = values;
    }

    public void write(StateWriter out) {
        out.integer(count.length);
        for (int d = 0; d < count.length; d++) {
            writeDevice(d, out);
        }
    }

    public static PowerSamples read(StateReader in, int channels) {
        PowerSamples samples = new PowerSamples(in.count(), channels);
        for (int d = 0; d < samples.devices(); d++) {
            samples.readDevice(d, in);
        }
        return samples;
    }

    /** One device's samples. */
    public void writeDevice(int device, StateWriter out) {
        out.integer(count[device]);
        for (int i = 0; i < count[device]; i++) {
            out.integer(offset(device, i));
            out.integer(sequence(device, i));
            for (int c = 0; c < channels; c++) {
                out.integerOr(milliwatts(device, i, c), ABSENT);
            }
        }
    }

    /** Takes them over in place of those that are there. */
    public void readDevice(int device, StateReader in) {
        int written = in.count();
        long[] values = new long[channels];
        count[device] = 0;
        for (int i = 0; i < written; i++) {
            int offsetMillis = in.count();
            long number = in.integer();
            for (int c = 0; c < channels; c++) {
                values[c] = in.integerOr(ABSENT);
            }
            add(device, offsetMillis, number, values);
        }
    }
}
