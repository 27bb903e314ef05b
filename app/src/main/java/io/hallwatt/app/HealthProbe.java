package io.hallwatt.app;

import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Asks a stage on this machine whether it is ready: the health check of the container image, which has neither shell nor curl. A program of its own and
 * with nothing but the JDK, because it is started every few seconds beside the stage that it asks.
 */
public final class HealthProbe {
    static final int DEFAULT_PORT = 9464;
    private static final int PATIENCE_MILLIS = 3_000;
    private static final int LONGEST_ANSWER = 4_096;

    private HealthProbe() {}

    /** Asks the URL given, or {@code /health/ready} on port {@code HALLWATT_ADMIN_PORT}; exits with 0 for a 2xx answer, else with 1. */
    public static void main(String[] args) {
        String port = System.getenv().getOrDefault("HALLWATT_ADMIN_PORT", Integer.toString(DEFAULT_PORT));
        String url = args.length > 0 ? args[0] : "http://127.0.0.1:" + port + "/health/ready";
        System.exit(ready(url, System.out) ? 0 : 1);
    }

    /** Whether the URL answers with 2xx; what it answered, or why there was no answer, is printed either way. */
    public static boolean ready(String url, PrintStream out) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            int status = connection.getResponseCode();
            boolean ready = status / 100 == 2;
            out.printf("%d %s%n", status, body(connection, ready));
            return ready;
        } catch (IOException | IllegalArgumentException e) {
            out.printf(
                    "%s: no answer (%s). Check that the stage runs, and --port: its line \"metrics\" says where it answers.%n",
                    url, e.getMessage());
            return false;
        }
    }

    private static String body(HttpURLConnection connection, boolean ready) throws IOException {
        try (var stream = ready ? connection.getInputStream() : connection.getErrorStream()) {
            return stream == null ? "" : new String(stream.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8).strip();
        }
    }
}
