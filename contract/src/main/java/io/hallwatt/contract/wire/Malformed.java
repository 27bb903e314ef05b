package io.hallwatt.contract.wire;

import io.hallwatt.contract.RejectCode;

/** Bytes that are not the record they should be. A value in disguise: whoever reads a topic turns it into a {@link io.hallwatt.contract.Rejected}. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private final RejectCode code;

    public Malformed(RejectCode code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    public RejectCode code() {
        return code;
    }

    /** One sentence for a person. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
