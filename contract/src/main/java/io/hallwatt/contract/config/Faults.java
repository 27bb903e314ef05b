package io.hallwatt.contract.config;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.List;

/** Collects faults, so that nobody has to start five times to find five. */
public final class Faults {
    private static final int MOST_SHOWN = 50;

    private final String where;
    private final List<String> faults = new ArrayList<>();

    /** @param where what each fault's line starts with: a stage's or a file's name */
    public Faults(String where) {
        this.where = where;
    }

    /** Notes a fault unless {@code holds}. */
    @CanIgnoreReturnValue
    @FormatMethod
    public Faults unless(boolean holds, @FormatString String format, Object... arguments) {
        if (!holds) {
            faults.add(where + ": " + String.format(format, arguments));
        }
        return this;
    }

    /** Notes a fault at a line and column of the file. */
    @CanIgnoreReturnValue
    @FormatMethod
    public Faults at(int line, int column, @FormatString String format, Object... arguments) {
        faults.add("%s:%d:%d: %s".formatted(where, line, column, String.format(format, arguments)));
        return this;
    }

    public boolean none() {
        return faults.isEmpty();
    }

    public List<String> list() {
        return List.copyOf(faults);
    }

    /** All faults; of very many, the first 50 and a count. */
    public List<String> shown() {
        if (faults.size() <= MOST_SHOWN) {
            return list();
        }
        List<String> shown = new ArrayList<>(faults.subList(0, MOST_SHOWN));
        shown.add("%s: and %d faults more".formatted(where, faults.size() - MOST_SHOWN));
        return List.copyOf(shown);
    }

    /** @throws InvalidInput with all faults, if there are any; of very many, the first 50 and a count */
    public void throwIfAny() {
        if (!faults.isEmpty()) {
            throw new InvalidInput(shown());
        }
    }
}
