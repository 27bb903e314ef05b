package io.hallwatt.alerting.webhook;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The status of an HTTP/1.1 answer (RFC 9112 §4); nothing of it is read beyond. */
final class Status {
    private static final Pattern LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
    private static final int LONGEST_LINE = 8_192;
    /** Of interim answers and their fields; nobody sends so many in good faith. */
    private static final int MOST_LINES = 200;
    /** Only to who asked for another protocol. */
    private static final int SWITCHING_PROTOCOLS = 101;

    private Status() {}

    /** The final one: any number of interim answers (1xx) may stand before it, each with fields of its own (RFC 9110 §15.2). */
    static int read(InputStream from) throws IOException {
        InputStream in = new BufferedInputStream(from);
        boolean interim = false;
        for (int lines = 0; lines < MOST_LINES; lines++) {
            String line = line(in);
            if (interim) {
                interim = !line.isEmpty(); // its fields end with an empty line
                continue;
            }
            int status = status(line);
            if (status / 100 != 1) {
                return status;
            }
            interim = true;
        }
        throw new IOException("no final answer in %d lines".formatted(MOST_LINES));
    }

    private static int status(String line) throws IOException {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IOException(line.isEmpty() ? "closed without an answer" : "no HTTP answer");
        }
        int status = Integer.parseInt(matcher.group(1));
        if (status == SWITCHING_PROTOCOLS) {
            throw new IOException("it answers by another protocol");
        }
        return status;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (line.size() == LONGEST_LINE) {
                throw new IOException("no HTTP answer: a line of more than %d bytes".formatted(LONGEST_LINE));
            }
            line.write(next);
            next = in.read();
        }
        if (next < 0) {
            throw new IOException("closed before its answer was whole");
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }
}
