package io.hallwatt.alerting.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** A certificate that signs itself, and its key, as files; made by the JDK's keytool. */
public final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private final Path certificate;
    private final Path key;

    private Certificates(Path certificate, Path key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** @param host the only name that it is good for */
    public static Certificates of(String host, Path folder) throws Exception {
        Path store = folder.resolve(host + ".p12");
        List<String> keytool = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "own",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        Process process = new ProcessBuilder(keytool).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        KeyStore made = read(store);
        return new Certificates(
                pem(
                        folder.resolve(host + ".crt"),
                        "CERTIFICATE",
                        made.getCertificate("own").getEncoded()),
                pem(
                        folder.resolve(host + ".key"),
                        "PRIVATE KEY",
                        Objects.requireNonNull(made.getKey("own", PASSWORD.toCharArray()))
                                .getEncoded()));
    }

    public Path certificate() {
        return certificate;
    }

    public Path key() {
        return key;
    }

    private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static Path pem(Path file, String what, byte[] der) throws IOException {
        return Files.writeString(
                file, "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(what, PEM.encodeToString(der), what));
    }
}
