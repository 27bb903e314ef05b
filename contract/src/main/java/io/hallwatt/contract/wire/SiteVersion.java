package io.hallwatt.contract.wire;

import io.hallwatt.contract.site.Site;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Which model of a site, ratings and carbon factors within: told by what its record in the topic {@code site} holds. */
public final class SiteVersion {
    private static final int BYTES = 8;

    private SiteVersion() {}

    /** Of a record's value: the first sixteen digits of its SHA-256, as {@code sha256sum} has them. */
    public static String of(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Of the record that publishing this site writes. */
    public static String of(Site site) {
        return of(Codecs.SITE.write(site));
    }
}
