package io.hallwatt.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, with JDKs that only say who they are. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherTest {
    private static final List<String> PLAINEST =
            List.of("sh", "sed", "head", "ls", "grep", "find", "dirname", "readlink", "env", "touch");

    @TempDir
    Path folder;

    private record Outcome(int exit, String out, String err) {}

    @Test
    void without_a_jdk_of_21_it_says_what_it_found_and_what_to_install() throws Exception {
        Path home = built("a checkout");
        jdk("old", "17.0.15", true);

        Outcome outcome = run(home.resolve("hallwatt"), "demo");

        assertThat(outcome.exit).isEqualTo(3);
        assertThat(outcome.err)
                .contains("needs a JDK of version 21 or newer, and none was found")
                .contains("old (Java 17)")
                .contains("Install one");
        assertThat(outcome.out).isEmpty();
    }

    @Test
    void it_takes_the_newest_of_several_and_hands_all_words_on() throws Exception {
        Path home = built("a checkout");
        jdk("jdk-21", "21.0.4", true);
        jdk("jdk-25", "25.0.3", true);
        jdk("jdk-9", "9", true);

        Outcome outcome = run(home.resolve("hallwatt"), "site", "check", "a file.yaml");

        assertThat(outcome.exit).as(outcome.err).isZero();
        assertThat(outcome.out.lines()).contains("I am jdk-25", "[site]", "[check]", "[a file.yaml]");
    }

    @Test
    void without_a_locale_names_of_files_are_utf_8_all_the_same() throws Exception {
        Path home = built("a checkout");
        jdk("jdk-25", "25.0.3", true);

        Outcome outcome = run(home.resolve("hallwatt"), "site", "check", "site.yaml");

        assertThat(outcome.out.lines()).contains("[site.yaml]", "all: , characters: C.UTF-8");
    }

    @Test
    void a_runtime_without_a_compiler_is_no_jdk() throws Exception {
        Path home = built("checkout");
        jdk("jre-25", "25.0.3", false);

        Outcome outcome = run(home.resolve("hallwatt"), "demo");

        assertThat(outcome.exit).isEqualTo(3);
        assertThat(outcome.err).contains("jre-25 (Java 25)");
    }

    @Test
    void it_runs_through_a_symbolic_link_from_anywhere() throws Exception {
        Path home = built("the place");
        jdk("jdk-25", "25.0.3", true);
        Path link = Files.createSymbolicLink(folder.resolve("hw"), home.resolve("hallwatt"));

        Outcome outcome = run(link, "--version");

        assertThat(outcome.exit).as(outcome.err).isZero();
        assertThat(outcome.out.lines()).contains("I am jdk-25", "[-Dhallwatt.home=" + home.toRealPath() + "]");
    }

    @Test
    void benchmarks_are_there_where_they_are_built() throws Exception {
        Path home = built("a checkout");
        jdk("jdk-25", "25.0.3", true);
        Outcome without = run(home.resolve("hallwatt"), "--help");
        Files.createDirectories(home.resolve("benchmarks/target/lib"));
        Files.writeString(home.resolve("benchmarks/target/hallwatt-benchmarks-1.jar"), "");

        Outcome with = run(home.resolve("hallwatt"), "bench");

        assertThat(without.out).doesNotContain("hallwatt-benchmarks");
        assertThat(with.exit).as(with.err).isZero();
        assertThat(with.out)
                .contains("/benchmarks/target/hallwatt-benchmarks-1.jar:")
                .contains("[bench]");
    }

    @Test
    void benchmarks_are_built_only_when_they_are_asked_for() throws Exception {
        Path home = built("a checkout");
        jdk("jdk-25", "25.0.3", true);
        Files.createDirectories(home.resolve("benchmarks"));
        Files.writeString(home.resolve("benchmarks/pom.xml"), "<project/>");

        Outcome demo = run(home.resolve("hallwatt"), "demo");
        Outcome bench = run(home.resolve("hallwatt"), "bench");

        assertThat(demo.exit).as(demo.err).isZero();
        assertThat(bench.exit).isEqualTo(3);
        assertThat(bench.err).contains("is not built, and Maven (mvn) is not on the path");
    }

    @Test
    void what_is_not_built_needs_maven_and_says_so() throws Exception {
        Path home = checkout("unbuilt");
        jdk("jdk-25", "25.0.3", true);

        Outcome outcome = run(home.resolve("hallwatt"), "demo");

        assertThat(outcome.exit).isEqualTo(3);
        assertThat(outcome.err).contains("is not built, and Maven (mvn) is not on the path");
    }

    @Test
    void a_build_says_where_it_is_and_leaves_standard_output_to_the_command() throws Exception {
        Path home = checkout("unbuilt");
        jdk("jdk-25", "25.0.3", true);
        Files.createDirectories(home.resolve("app/target/lib"));
        maven("""
                echo '[INFO] Scanning for projects...'
                echo '[INFO] Building Hallwatt contract 1.0                                [1/2]'
                echo '[INFO] Building jar: /x/contract.jar'
                echo '[INFO] Building Hallwatt app 1.0                                     [2/2]'
                : > app/target/hallwatt-app-1.jar
                printf '\\033[0m'
                """);

        Outcome outcome = run(home.resolve("hallwatt"), "demo", "--json");

        assertThat(outcome.exit).as(outcome.err).isZero();
        assertThat(outcome.err.lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("Building hallwatt"),
                        contract -> assertThat(contract).matches(" +1/2 +Hallwatt contract 1\\.0 *"),
                        app -> assertThat(app).matches(" +2/2 +Hallwatt app 1\\.0 *"));
        assertThat(outcome.out).startsWith("I am jdk-25").doesNotContain("Building");
    }

    @Test
    void a_build_that_fails_says_what_the_compiler_said() throws Exception {
        Path home = checkout("broken");
        jdk("jdk-25", "25.0.3", true);
        maven("""
                echo '[INFO] Building Hallwatt contract 1.0                                [1/2]'
                echo '[ERROR] A.java:[3,1] cannot find symbol'
                echo '  symbol: class B'
                echo '[INFO] ----'
                echo 'of no interest'
                exit 1
                """);

        Outcome outcome = run(home.resolve("hallwatt"), "demo");

        assertThat(outcome.exit).isEqualTo(3);
        assertThat(outcome.err)
                .contains("[ERROR] A.java:[3,1] cannot find symbol")
                .contains("  symbol: class B")
                .contains("The build failed; what Maven said is above")
                .doesNotContain("of no interest");
        assertThat(outcome.out).isEmpty();
    }

    /** A Maven that does what the script says, in the checkout. */
    private void maven(String script) throws IOException {
        Path tools = tools();
        Files.writeString(tools.resolve("mvn"), "#!/bin/sh\n" + script);
        executable(tools.resolve("mvn"));
    }

    private Path checkout(String name) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Path script = Path.of(System.getProperty("user.dir")).resolveSibling("hallwatt");
        Files.copy(script, home.resolve("hallwatt"));
        executable(home.resolve("hallwatt"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        return home;
    }

    private Path built(String name) throws IOException {
        Path home = checkout(name);
        Files.createDirectories(home.resolve("app/target/lib"));
        Files.writeString(home.resolve("app/target/hallwatt-app-1.jar"), "");
        return home;
    }

    /** A JDK whose java prints its own name and every word it was given. */
    private void jdk(String name, String version, boolean compiler) throws IOException {
        Path jdk = folder.resolve("jvm/" + name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = jdk.resolve("bin/java");
        Files.writeString(
                java,
                "#!/bin/sh\necho 'I am " + name + "'\nfor word in \"$@\"; do echo \"[$word]\"; done\n"
                        + "echo \"all: ${LC_ALL:-}, characters: ${LC_CTYPE:-}\"\n");
        executable(java);
        if (compiler) {
            Files.writeString(jdk.resolve("bin/javac"), "#!/bin/sh\n");
            executable(jdk.resolve("bin/javac"));
        }
    }

    private Path tools() throws IOException {
        Path tools = folder.resolve("tools");
        if (Files.notExists(tools)) {
            Files.createDirectories(tools);
            for (String tool : PLAINEST) {
                for (String place : new String[] {"/usr/bin/", "/bin/"}) {
                    if (Files.exists(Path.of(place + tool)) && Files.notExists(tools.resolve(tool))) {
                        Files.createSymbolicLink(tools.resolve(tool), Path.of(place + tool));
                    }
                }
            }
        }
        return tools;
    }

    /** With a path of the plainest tools only, so that neither the machine's java nor its Maven is seen. */
    private Outcome run(Path script, String... words) throws Exception {
        Path tools = tools();
        String[] command = new String[words.length + 1];
        command[0] = script.toString();
        System.arraycopy(words, 0, command, 1, words.length);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", tools.toString());
        environment.put("HOME", folder.toString());
        environment.put("HALLWATT_JVM_DIRS", folder.resolve("jvm").toString());
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Outcome(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
