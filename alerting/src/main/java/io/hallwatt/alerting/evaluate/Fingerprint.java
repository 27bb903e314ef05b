package io.hallwatt.alerting.evaluate;

import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/** The identity of an alert: a hash over its labels, the one that Prometheus and Alertmanager show (FNV-1a 64 over sorted names and values, 0xFF between). */
public final class Fingerprint {
    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** 16 hex digits. */
    public static String of(SortedMap<String, String> labels) {
        long hash = OFFSET_BASIS;
        for (var label : labels.entrySet()) {
            hash = separated(hash, label.getKey());
            hash = separated(hash, label.getValue());
        }
        return "%016x".formatted(hash);
    }

    private static long separated(long before, String text) {
        long hash = before;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * PRIME;
        }
        return (hash ^ 0xff) * PRIME;
    }
}
