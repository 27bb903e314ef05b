package io.hallwatt.ingest.validate;

import io.hallwatt.contract.RejectCode;

/** What becomes of a reading. */
public sealed interface Verdict {
    /** It can be believed; the one value, so that the usual case makes no garbage. */
    enum Accepted implements Verdict {
        ACCEPTED
    }

    /**
     * It cannot.
     *
     * @param reason one sentence: what, both values, how to mend it
     */
    record Refusal(RejectCode code, String reason) implements Verdict {}
}
