package io.hallwatt.contract.wire;

/** Names of Kafka record headers. All that is needed to process a record is in its key and value; headers may be lost, but for {@link #END_OF_INPUT}. */
public final class Headers {
    /**
     * Marks a record without key and reading, written once into every partition of the readings topics when a source of finite length (files, a simulated
     * past) has given all: whoever counts closes all windows. Value: {@code {}}.
     */
    public static final String END_OF_INPUT = "hw-end-of-input";

    /** The adapter and instance that a reading came through: {@code simulator}, {@code replay load.tsv}. */
    public static final String SOURCE = "hw-source";

    /** On rejected records: the {@link io.hallwatt.contract.RejectCode}. */
    public static final String REJECT_CODE = "hw-reject-code";

    /** On rejected records: the sentence. */
    public static final String REJECT_REASON = "hw-reject-reason";

    /** On rejected records: where it came from, for a person. */
    public static final String REJECT_ORIGIN = "hw-reject-origin";

    /** On closed 1 s windows and alert transitions: event time, epoch ms in decimal, of the newest reading that went in; for latency figures. */
    public static final String NEWEST_READING = "hw-newest-reading";

    private Headers() {}
}
