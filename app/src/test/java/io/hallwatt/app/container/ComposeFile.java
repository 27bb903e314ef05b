package io.hallwatt.app.container;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docker-compose.yml as it reads once its merge keys are followed. */
final class ComposeFile {
    private final Map<String, Map<String, Object>> services = new TreeMap<>();

    private ComposeFile(Map<?, ?> document) {
        section(document, "services")
                .forEach((name, service) -> services.put((String) name, merged((Map<?, ?>) service)));
    }

    static ComposeFile read() throws IOException {
        return of(Files.readString(Checkout.file("docker-compose.yml")));
    }

    static ComposeFile of(String yaml) {
        return new ComposeFile((Map<?, ?>)
                new Load(LoadSettings.builder().setLabel("docker-compose.yml").build()).loadFromString(yaml));
    }

    Map<String, Map<String, Object>> services() {
        return services;
    }

    /** The image of that name with the tag that the file gives it: {@code prom/prometheus} → {@code prom/prometheus:v3…}. */
    String image(String name) {
        return services.values().stream()
                .map(service -> (String) service.get("image"))
                .filter(image -> image.startsWith(name + ":"))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("docker-compose.yml has no image " + name));
    }

    static List<?> list(Map<String, Object> service, String key) {
        return Optional.ofNullable((List<?>) service.get(key)).orElse(List.of());
    }

    private static Map<?, ?> section(Map<?, ?> parent, String key) {
        if (parent.get(key) instanceof Map<?, ?> section) {
            return section;
        }
        throw new IllegalArgumentException("docker-compose.yml has no section " + key);
    }

    /** What stands in the map itself wins over what it merges in. */
    private static Map<String, Object> merged(Map<?, ?> map) {
        Map<String, Object> result = new LinkedHashMap<>();
        @Nullable Object base = map.get("<<");
        if (base instanceof Map<?, ?> inherited) {
            result.putAll(merged(inherited));
        }
        map.forEach((key, value) -> {
            if (!"<<".equals(key)) {
                result.put((String) key, value);
            }
        });
        return result;
    }
}
