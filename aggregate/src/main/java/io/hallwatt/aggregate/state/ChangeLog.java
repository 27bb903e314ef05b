package io.hallwatt.aggregate.state;

/**
 * Says of each commit whether all rows of some state are written or only those that changed since all were written. What is written in between goes to
 * numbered places, which are used again and again; each carries the age of the whole that it belongs to, so that one of an older age is not taken for new.
 */
public final class ChangeLog {
    /** Commits between two in which all is written: with ten commits a second, all is written every five seconds. */
    static final int MOST = 48;

    private long age;
    private int place = MOST;

    /** What was written no longer fits: the next commit writes all. */
    public void startOver() {
        place = MOST;
    }

    /** Whether the next commit writes all whatever changed: the places are full, or nothing that is in them counts any more. */
    public boolean isFull() {
        return place == MOST;
    }

    /** Begins a new age: all is about to be written. */
    public long nextAge() {
        age++;
        place = 0;
        return age;
    }

    /** Of the whole that was written last. */
    public long age() {
        return age;
    }

    /** The place for what changed since the last commit, from 0; to be asked once a commit. */
    public int nextPlace() {
        return place++;
    }

    /**
     * What was written is read: a whole of that age, and then what changed, place by place. The next commit writes all.
     *
     * @param places reads what is at a place, and says whether it was of that age
     */
    public void read(long wholeAge, Places places) {
        age = wholeAge;
        boolean ofThisAge = true;
        for (int at = 0; at < MOST && ofThisAge; at++) {
            ofThisAge = places.read(at, wholeAge);
        }
        startOver();
    }

    /** The numbered places. */
    @FunctionalInterface
    public interface Places {
        /** @return whether there is something of that age at the place; if so, it has been taken over */
        boolean read(int place, long age);
    }

    /** Goes on behind another one whose places are still there: theirs are older than all that is written from now on. */
    public void follow(ChangeLog before) {
        age = Math.max(age, before.age);
        startOver();
    }
}
