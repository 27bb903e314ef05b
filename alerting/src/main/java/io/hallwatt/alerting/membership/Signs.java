package io.hallwatt.alerting.membership;

/**
 * What one thread that evaluates rules has had of its group so far; counts that grow as long as the thread lives.
 *
 * @param answers   to its heartbeats, refusals too: Kafka's clients count both
 * @param joins     steps by which it came into the group, or stayed in it when halls were shared out anew; successful ones only
 * @param processed records that it has evaluated
 */
public record Signs(long answers, long joins, long processed) {
    static final Signs NONE = new Signs(0, 0, 0);

    public Signs plus(Signs other) {
        return new Signs(answers + other.answers, joins + other.joins, processed + other.processed);
    }
}
