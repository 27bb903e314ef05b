package io.hallwatt.ingest.replay;

/** Text of a file inside a message: one line, not long, nothing that a terminal obeys. */
final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    static String cut(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", " ");
    }
}
