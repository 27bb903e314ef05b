package io.hallwatt.alerting.webhook;

import io.hallwatt.contract.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code sha256=} and the HMAC-SHA-256 (RFC 2104) of the body, in hex. The body has the time of sending and the delivery's id in it, so that is signed too. */
final class Signature {
    static final String HEADER = "X-Hallwatt-Signature";

    private Signature() {}

    static String of(byte[] body, Secret secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }
}
