package io.hallwatt.app;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** Keeps the picture of docs/architecture.md true. */
@AnalyzeClasses(packages = "io.hallwatt", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
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
        "io.hallwatt.alerting.evaluate..",
        "io.hallwatt.alerting.expr..",
        "io.hallwatt.alerting.rule..",
        "io.hallwatt.alerting.state..",
        "io.hallwatt.alerting.template..",
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
}
