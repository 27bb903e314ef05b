package io.hallwatt.alerting.webhook;

import io.hallwatt.contract.AlertTransition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** A transition's id for receivers that must not do a thing twice: of its content, so the same in each attempt and after each restart. */
final class DeliveryId {
    private DeliveryId() {}

    /** A UUID of version 8 (RFC 9562 §5.8) over what makes a transition one. */
    static UUID of(AlertTransition transition) {
        String what = String.join(
                "\n",
                transition.fingerprint(),
                transition.from().name(),
                transition.to().name(),
                transition.at().toString());
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & ~0xF000L) | 0x8000L;
            long low = (hash.getLong() & ~(3L << 62)) | (1L << 63);
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
