package io.hallwatt.alerting.webhook;

/** What became of a post. */
sealed interface Outcome {
    record Accepted() implements Outcome {}

    /** The way or the other end is not in order. */
    record TryAgain(String why) implements Outcome {}

    /** The receiver will not take this one, now or later. */
    record Rejected(String why) implements Outcome {}

    Outcome ACCEPTED = new Accepted();

    /** Only what a moment later can be different is tried again; a redirection is not followed. */
    static Outcome of(int status) {
        if (status / 100 == 2) {
            return ACCEPTED;
        }
        String why = "status " + status;
        return status == 408 || status == 425 || status == 429 || status >= 500 ? new TryAgain(why) : new Rejected(why);
    }
}
