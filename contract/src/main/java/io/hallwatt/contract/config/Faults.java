package io.hallwatt.contract.config;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects faults, so that nobody has to start five times to find five. They are told in the file's order, whatever the order in which they are found. */
public final class Faults {
    private static final int MOST_SHOWN = 50;

    private final String where;
    private final List<Fault> faults = new ArrayList<>();

    /** At line and column 0 where it has no place in the file. */
    private record Fault(int line, int column, String sentence) {}

    /** @param where what each fault's line starts with: a stage's or a file's name */
    public Faults(String where) {
        this.where = where;
    }

    /** Notes a fault unless {@code holds}. */
    @CanIgnoreReturnValue
    @FormatMethod
    public Faults unless(boolean holds, @FormatString String format, Object... arguments) {
        if (!holds) {
            faults.add(new Fault(0, 0, where + ": " + String.format(format, arguments)));
        }
        return this;
    }

    /** Notes a fault at a line and column of the file. */
    @CanIgnoreReturnValue
    @FormatMethod
    public Faults at(int line, int column, @FormatString String format, Object... arguments) {
        faults.add(new Fault(
                line, column, "%s:%d:%d: %s".formatted(where, line, column, String.format(format, arguments))));
        return this;
    }

    public boolean none() {
        return faults.isEmpty();
    }

    /** All of them, by line and column; those without a place first. */
    public List<String> list() {
        return faults.stream()
                .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
                .map(Fault::sentence)
                .toList();
    }

    /** The same; of very many, the first 50 and a count. */
    public List<String> shown() {
        if (faults.size() <= MOST_SHOWN) {
            return list();
        }
        List<String> shown = new ArrayList<>(list().subList(0, MOST_SHOWN));
        shown.add("%s: and %s more".formatted(where, Count.of(faults.size() - MOST_SHOWN, "fault")));
        return List.copyOf(shown);
    }

    /** @throws InvalidInput with all faults, if there are any; of very many, the first 50 and a count */
    public void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new InvalidInput(shown());
        }
    }
}
