package io.hallwatt.app;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the picture of docs/architecture.md true. */
@AnalyzeClasses(
        packages = "io.hallwatt",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.WithoutTestJars.class})
class ArchitectureTest {
    /** What a module lends to the tests of others. */
    static final class WithoutTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final Pattern PACKAGE = Pattern.compile("`([a-z.]+)`");

    /** What computes and decides: it must be testable in milliseconds, and the same for every input. */
    private static final String[] PURE = {
        "io.hallwatt.contract",
        "io.hallwatt.contract.catalogue..",
        "io.hallwatt.contract.config..",
        "io.hallwatt.contract.health..",
        "io.hallwatt.contract.site..",
        "io.hallwatt.contract.wire..",
        "io.hallwatt.contract.yaml..",
        "io.hallwatt.ingest.simulate..",
        "io.hallwatt.ingest.validate..",
        "io.hallwatt.aggregate.account..",
        "io.hallwatt.aggregate.energy..",
        "io.hallwatt.aggregate.hall..",
        "io.hallwatt.aggregate.rack..",
        "io.hallwatt.aggregate.site..",
        "io.hallwatt.aggregate.state..",
        "io.hallwatt.aggregate.window..",
        "io.hallwatt.alerting.backtest..",
        "io.hallwatt.alerting.evaluate..",
        "io.hallwatt.alerting.explain..",
        "io.hallwatt.alerting.expr..",
        "io.hallwatt.alerting.history..",
        "io.hallwatt.alerting.links..",
        "io.hallwatt.alerting.maintenance..",
        "io.hallwatt.alerting.rule..",
        "io.hallwatt.alerting.series..",
        "io.hallwatt.alerting.state..",
        "io.hallwatt.alerting.template..",
        "io.hallwatt.alerting.trial..",
    };

    @ArchTest
    static final ArchRule pure_packages_know_no_kafka_no_sql_no_log = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "java.sql..", "org.slf4j..", "io.micrometer..");

    @ArchTest
    static final ArchRule a_stage_knows_only_the_contract = slices().matching("io.hallwatt.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("io.hallwatt.contract.."))
            .ignoreDependency(resideInAPackage("io.hallwatt.app.."), alwaysTrue());

    @ArchTest
    static final ArchRule the_contract_knows_nobody = noClasses()
            .that()
            .resideInAPackage("io.hallwatt.contract..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.hallwatt.ingest..", "io.hallwatt.aggregate..", "io.hallwatt.alerting..", "io.hallwatt.app..");

    @ArchTest
    static final ArchRule kafka_streams_is_known_where_the_picture_says = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.hallwatt.aggregate", "io.hallwatt.aggregate.streams..", "io.hallwatt.alerting.streams..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.streams..");

    @ArchTest
    static final ArchRule time_is_handed_in = noClasses()
            .that()
            .resideOutsideOfPackage("io.hallwatt.app..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule randomness_is_handed_in = noClasses()
            .should()
            .callConstructor(java.util.Random.class)
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule names_say_what_a_thing_is =
            noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)");

    @ArchTest
    static final ArchRule no_room_for_odds_and_ends = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..impl..", "..internal..", "..helper..", "..base..");

    @ArchTest
    static final ArchRule only_the_command_writes_to_the_console = noClasses()
            .that()
            .resideOutsideOfPackage("io.hallwatt.app..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule nothing_is_read_by_java_serialization =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream");

    @ArchTest
    static void every_package_stands_in_the_table_and_the_table_names_no_other(JavaClasses classes) throws IOException {
        Set<String> there = new TreeSet<>();
        classes.forEach(type -> there.add(type.getPackageName()));

        Set<String> named = packagesOfTheTable();
        named.removeIf(name ->
                name.startsWith("io.hallwatt.benchmarks")); // knows this module, so that its classes are not here
        assertThat(named).containsExactlyElementsOf(there);
    }

    /** Second column of the table: a module's own package in full, those below it from the dot on. */
    private static Set<String> packagesOfTheTable() throws IOException {
        Set<String> packages = new TreeSet<>();
        String module = "";
        for (String line : Files.readAllLines(Path.of("..", "docs", "architecture.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length != 5) {
                continue;
            }
            Matcher name = PACKAGE.matcher(cells[2]);
            while (name.find()) {
                module = name.group(1).startsWith(".") ? module : name.group(1);
                packages.add(name.group(1).startsWith(".") ? module + name.group(1) : module);
            }
        }
        return packages;
    }
}
