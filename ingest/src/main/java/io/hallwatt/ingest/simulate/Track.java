package io.hallwatt.ingest.simulate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Values that change slowly, one of each of many things: known at both ends of a step, straight between, with the exact area under the line. */
final class Track {
    final double[] from;
    final double[] to;
    private final double[] area; // value · seconds, up to the step's start

    Track(int count) {
        from = new double[count];
        to = new double[count];
        area = new double[count];
    }

    /** The step's end becomes the next one's start. */
    void next(double seconds) {
        for (int i = 0; i < to.length; i++) {
            area[i] += (from[i] + to[i]) / 2 * seconds;
            from[i] = to[i];
        }
    }

    /** @param part of the step that has passed, 0 to 1 */
    double at(int i, double part) {
        return from[i] + (to[i] - from[i]) * part;
    }

    /** Area up to a part of the step, value · seconds. */
    double area(int i, double part, double seconds) {
        return area[i] + (from[i] + (to[i] - from[i]) * part / 2) * part * seconds;
    }

    void save(DataOutput out) throws IOException {
        for (int i = 0; i < to.length; i++) {
            out.writeDouble(from[i]);
            out.writeDouble(to[i]);
            out.writeDouble(area[i]);
        }
    }

    void load(DataInput in) throws IOException {
        for (int i = 0; i < to.length; i++) {
            from[i] = in.readDouble();
            to[i] = in.readDouble();
            area[i] = in.readDouble();
        }
    }
}
