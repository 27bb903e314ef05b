package io.hallwatt.app.doctor;

/**
 * One thing looked at.
 *
 * @param check  what: {@code java}, {@code memory} …
 * @param detail what was seen
 * @param remedy how to mend it; empty where all is well
 */
public record Finding(String check, Standing standing, String detail, String remedy) {
    /** How it stands. */
    public enum Standing {
        OK,
        /** It works, but not well. */
        WARN,
        FAIL
    }

    static Finding ok(String check, String detail) {
        return new Finding(check, Standing.OK, detail, "");
    }

    static Finding warn(String check, String detail, String remedy) {
        return new Finding(check, Standing.WARN, detail, remedy);
    }

    static Finding fail(String check, String detail, String remedy) {
        return new Finding(check, Standing.FAIL, detail, remedy);
    }
}
