package io.hallwatt.ingest.publish;

/**
 * Keeps the topics of readings abreast of each other. A producer sends to each partition by itself: where Kafka is slow, the few readings of cooling units overtake
 * thousands of racks', and whoever holds windows open by event time sees the racks come late. So once in half a second of event time all is to be
 * acknowledged before the next is sent; not more often than every {@value #LEAST_READINGS} readings, so that a sparse past does not wait for each of its rows.
 */
final class Abreast {
    private static final long LONGEST_MILLIS = 500;
    static final int LEAST_READINGS = 2_000;

    private long from = Long.MAX_VALUE;
    private int readings;

    /**
     * Whether all that was sent is to be acknowledged before the reading of that time is sent.
     *
     * @param at event time, epoch ms
     */
    boolean waitBefore(long at) {
        if (readings >= LEAST_READINGS && at - from >= LONGEST_MILLIS) {
            readings = 1;
            from = at;
            return true;
        }
        readings++;
        from = Math.min(from, at);
        return false;
    }
}
