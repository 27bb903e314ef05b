package io.hallwatt.alerting.prometheus;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What an HTTP request is answered with. */
final class Answer {
    private final int status;
    private final String contentType;
    private final byte[] body;

    Answer(int status, String contentType, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.body = body;
    }

    static Answer json(int status, String body) {
        return new Answer(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** RFC 9457. */
    static Answer problem(int status, String title, String detail) {
        return problem(status, title, detail, "");
    }

    /** @param more members of its own (RFC 9457 §3.2), each after a comma */
    static Answer problem(int status, String title, String detail, String more) {
        String body = "{\"type\":\"about:blank\",\"title\":%s,\"status\":%d,\"detail\":%s%s}"
                .formatted(quoted(title), status, quoted(detail), more);
        return new Answer(status, "application/problem+json", body.getBytes(StandardCharsets.UTF_8));
    }

    /** A JSON string (RFC 8259 §7). */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < 0x20) {
                json.append("\\u%04x".formatted(c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }

    void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
