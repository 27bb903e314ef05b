package io.hallwatt.app.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class ComposeFileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ComposeFile compose = ComposeFile.read();

    ComposeFileTest() throws IOException {}

    @Test
    void every_service_is_hardened() {
        assertThat(compose.services())
                .containsOnlyKeys(
                        "aggregate",
                        "alerting",
                        "alertmanager",
                        "grafana",
                        "ingest",
                        "kafka",
                        "prometheus",
                        "site",
                        "topics");

        SoftAssertions.assertSoftly(softly -> compose.services().forEach((name, service) -> {
            softly.assertThat(service.get("read_only"))
                    .as("%s: read_only", name)
                    .isEqualTo(true);
            softly.assertThat(service.get("cap_drop")).as("%s: cap_drop", name).isEqualTo(List.of("ALL"));
            softly.assertThat(service.get("security_opt"))
                    .as("%s: security_opt", name)
                    .isEqualTo(List.of("no-new-privileges:true"));
            softly.assertThat(String.valueOf(service.get("user")))
                    .as("%s: a user by number, not root", name)
                    .matches("[1-9][0-9]*:[0-9]+");
            softly.assertThat(service.get("mem_limit"))
                    .as("%s: mem_limit", name)
                    .isNotNull();
            softly.assertThat(service.get("restart")).as("%s: restart", name).isIn("unless-stopped", "on-failure");
            softly.assertThat(ComposeFile.list(service, "tmpfs"))
                    .as("%s: tmpfs", name)
                    .isNotEmpty();
            softly.assertThat(service)
                    .as("%s: nothing that gives rights back", name)
                    .doesNotContainKeys(
                            "privileged", "cap_add", "network_mode", "pid", "ipc", "devices", "userns_mode");
        }));
    }

    @Test
    void every_image_has_a_version_but_our_own() {
        assertThat(compose.services().values())
                .extracting(service -> (String) service.get("image"))
                .allMatch(image -> image.equals("hallwatt:latest") || image.matches("[a-z/]+:v?[0-9]+(\\.[0-9]+)+"));
    }

    @Test
    void every_port_is_published_to_this_machine_only() {
        assertThat(compose.services().values())
                .flatExtracting(service -> ComposeFile.list(service, "ports"))
                .isNotEmpty()
                .allMatch(port -> ((String) port).startsWith("127.0.0.1:"));
    }

    @Test
    void every_file_that_is_mounted_is_in_the_tree_and_read_only() {
        assertThat(compose.services().values())
                .flatExtracting(service -> ComposeFile.list(service, "volumes"))
                .map(volume -> ((String) volume).replaceAll("\\$\\{\\w+:-([^}]*)}", "$1"))
                .filteredOn(volume -> volume.startsWith("."))
                .isNotEmpty()
                .allSatisfy(volume -> {
                    String[] parts = volume.split(":", -1);
                    assertThat(Checkout.file(parts[0])).exists();
                    assertThat(parts).endsWith("ro");
                });
    }

    @Test
    void the_simulation_outlives_its_container_and_its_folder_belongs_to_the_containers_user() throws IOException {
        Map<String, Object> ingest = Objects.requireNonNull(compose.services().get("ingest"));
        String folder = ComposeFile.list(ingest, "command").stream()
                .map(String.class::cast)
                .filter(word -> word.startsWith("--data-dir="))
                .map(word -> word.substring("--data-dir=".length()))
                .findFirst()
                .orElseThrow();

        assertThat(ComposeFile.list(ingest, "volumes"))
                .as("a named volume")
                .anyMatch(volume -> ((String) volume).matches("[a-z-]+:" + folder));
        assertThat(Files.readString(Checkout.file("deploy/docker/hallwatt/Dockerfile")))
                .contains("chown " + ingest.get("user") + " " + folder);
    }

    @Test
    void every_start_waits_for_the_health_of_what_it_needs() {
        compose.services().forEach((name, service) -> {
            if (service.get("depends_on") instanceof Map<?, ?> needs) {
                needs.forEach((need, how) -> assertThat(((Map<?, ?>) how).get("condition"))
                        .as("%s waits for %s", name, need)
                        .isIn("service_healthy", "service_completed_successfully"));
            }
        });
    }

    @Test
    void its_kafka_is_the_version_that_is_built_against() throws IOException {
        Matcher version = Pattern.compile("<kafka.version>(.*)</kafka.version>")
                .matcher(Files.readString(Checkout.file("pom.xml")));

        assertThat(version.find()).isTrue();
        assertThat(compose.image("apache/kafka")).isEqualTo("apache/kafka:" + version.group(1));
    }

    @Test
    void docker_compose_reads_it_as_we_do() {
        Command config = Command.run(PATIENCE, "docker-compose", "--profile", "grafana", "config");
        if (config.exit() == 127) {
            config = Command.run(PATIENCE, "docker", "compose", "--profile", "grafana", "config");
            assumeTrue(config.succeeded(), "neither docker-compose nor docker compose is installed");
        }

        assertThat(config.exit()).as(config.output()).isZero();
        assertThat(ComposeFile.of(config.output()).services())
                .containsOnlyKeys(compose.services().keySet());
    }
}
