package io.hallwatt.app;

/**
 * Something outside the program is away: a broker, a port, a directory. Ends the command with exit code 3 and this message, which says what, where, and how to
 * mend it.
 */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unavailable(String message) {
        super(message);
    }

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
