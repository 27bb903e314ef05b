package io.hallwatt.contract;

/** What an id may look like: it stands in Kafka keys, Prometheus labels, file names and URLs. */
public final class Ids {
    /** The rule, for messages. */
    public static final String RULE = "1 to 64 of A-Z a-z 0-9 . _ -, not starting with a dot";

    private Ids() {}

    /** Whether {@code text} is 1 to 64 of {@code A-Za-z0-9._-}, not starting with a dot. */
    public static boolean valid(String text) {
        int length = text.length();
        if (length == 0 || length > 64 || text.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '_'
                    || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    static void check(String what, String text) {
        if (!valid(text)) {
            throw new IllegalArgumentException("%s \"%s\": an id is %s".formatted(what, shown(text), RULE));
        }
    }

    private static String shown(String text) {
        String cut = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
