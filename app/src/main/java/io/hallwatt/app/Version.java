package io.hallwatt.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which build this is: {@code hallwatt 0.1.0 (commit 1a2b3c4), Java 25.0.3}. */
public final class Version implements IVersionProvider {
    private static final String UNKNOWN = "unknown";

    @Override
    public String[] getVersion() {
        Properties build = build();
        String commit = build.getProperty("commit", "");
        return new String[] {
            "hallwatt %s%s, Java %s"
                    .formatted(
                            build.getProperty("version", UNKNOWN),
                            commit.isEmpty() || commit.startsWith("$")
                                    ? ""
                                    : " (commit " + commit + ")", // "${…": built outside a checkout
                            Runtime.version())
        };
    }

    private static Properties build() {
        Properties build = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("build.properties")) {
            if (file != null) {
                build.load(file);
            }
        } catch (IOException e) {
            build.clear(); // an unreadable build says "unknown"
        }
        return build;
    }
}
