package io.hallwatt.alerting.tls;

import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.TextFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Files in PEM form. Host names are checked in any case: that is not this class's to give away.
 *
 * @param authorities certificates that are trusted in place of Java's own; null: Java's own
 * @param certificate the client's own, with its chain; null: it shows none
 * @param key         of the certificate, PKCS #8 and not encrypted
 */
public record TlsFiles(
        @Nullable Path authorities,
        @Nullable Path certificate,
        @Nullable Path key) {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KEY_KINDS = List.of("RSA", "EC", "EdDSA");
    private static final char[] NO_PASSWORD = new char[0];

    /** @throws InvalidInput if a file cannot be read or is not what it should be */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities == null ? null : trusted(authorities));
            context.init(keys(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new InvalidInput("TLS cannot be set up with %s: %s".formatted(this, e.getMessage()));
        }
    }

    private static KeyStore trusted(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (Certificate certificate : certificates(file, "ca-file")) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        return store;
    }

    private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
        if (certificate == null || key == null) {
            return null;
        }
        KeyStore store = empty();
        store.setKeyEntry(
                "client",
                privateKey(key),
                NO_PASSWORD,
                certificates(certificate, "certificate-file").toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        return keys.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<Certificate> certificates(Path file, String setting) throws GeneralSecurityException {
        byte[] pem = TextFile.read(file, "certificate", setting).getBytes(StandardCharsets.UTF_8);
        List<Certificate> found = new ArrayList<>();
        try {
            found.addAll(CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)));
        } catch (java.security.cert.CertificateException e) {
            throw new InvalidInput(
                    "%s: no certificate in PEM form (%s); %s names a file that starts with -----BEGIN CERTIFICATE-----"
                            .formatted(file, e.getMessage(), setting));
        }
        if (found.isEmpty()) {
            throw new InvalidInput("%s: no certificate; %s names a file that starts with -----BEGIN CERTIFICATE-----"
                    .formatted(file, setting));
        }
        return found;
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException {
        Matcher pem = PRIVATE_KEY.matcher(TextFile.read(file, "key", "key-file"));
        if (!pem.find()) {
            throw new InvalidInput(
                    "%s: no unencrypted PKCS #8 key (-----BEGIN PRIVATE KEY-----); make one by: openssl pkcs8 -topk8 -nocrypt -in OLD -out %s"
                            .formatted(file, file.getFileName()));
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String kind : KEY_KINDS) {
            Optional<PrivateKey> found = ofKind(kind, encoded);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new InvalidInput("%s: a key of a kind that is not known here; RSA, EC and Ed25519 are".formatted(file));
    }

    /** The form says only inside which kind of key it has. */
    private static Optional<PrivateKey> ofKind(String kind, PKCS8EncodedKeySpec encoded)
            throws NoSuchAlgorithmException {
        try {
            return Optional.of(KeyFactory.getInstance(kind).generatePrivate(encoded));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        }
    }
}
