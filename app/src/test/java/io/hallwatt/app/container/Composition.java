package io.hallwatt.app.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The services of docker-compose.yml, running under a name of their own. */
final class Composition implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final String project;
    private final Map<String, String> environment;

    private Composition(String project, Map<String, String> environment) {
        this.project = project;
        this.environment = environment;
    }

    /** The words that call compose here; empty where there is none. */
    static List<String> command() {
        if (Command.run(LOOK, "docker-compose", "--version").succeeded()) {
            return List.of("docker-compose");
        }
        return Command.run(LOOK, "docker", "compose", "version").succeeded() ? List.of("docker", "compose") : List.of();
    }

    /**
     * Starts them, each when those that it waits for are well.
     *
     * @param environment what the file leaves open: ports, the site
     */
    static Composition up(String project, Map<String, String> environment) {
        Composition composition = new Composition(project, environment);
        Command up = composition.run("up", "-d", "--no-build");
        if (!up.succeeded()) {
            String logs = composition.logs();
            composition.close();
            throw new AssertionError("compose up: exit %d%n%s%n%s".formatted(up.exit(), up.output(), logs));
        }
        return composition;
    }

    void restart(String service) {
        Command restarted = run("restart", service);
        assertThat(restarted.exit()).as(restarted.output()).isZero();
    }

    void stop(String service) {
        Command stopped = run("stop", service);
        assertThat(stopped.exit()).as(stopped.output()).isZero();
    }

    String logs() {
        return run("logs", "--no-color", "--tail=40").output();
    }

    /** Removes containers, networks and volumes. */
    @Override
    public void close() {
        Command down = run("down", "-v", "--timeout", "20");
        assertThat(down.exit()).as(down.output()).isZero();
    }

    private Command run(String... words) {
        List<String> all = new ArrayList<>(command());
        all.addAll(List.of("-p", project));
        all.addAll(List.of(words));
        return Command.run(PATIENCE, environment, all);
    }
}
