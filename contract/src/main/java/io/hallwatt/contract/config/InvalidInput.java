package io.hallwatt.contract.config;

import java.util.List;

/** A file or a setting that a person must mend. Holds every fault found, one sentence each: what, where, how to mend it. */
public final class InvalidInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> faults;

    public InvalidInput(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    public InvalidInput(String fault) {
        this(List.of(fault));
    }

    public List<String> faults() {
        return faults;
    }
}
