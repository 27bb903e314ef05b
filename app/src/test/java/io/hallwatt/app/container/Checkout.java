package io.hallwatt.app.container;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The tree that is tested, found from wherever the tests are run. */
final class Checkout {
    private Checkout() {}

    static Path file(String pathFromTop) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docker-compose.yml"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no folder above has a docker-compose.yml");
        }
        return folder.resolve(pathFromTop);
    }
}
