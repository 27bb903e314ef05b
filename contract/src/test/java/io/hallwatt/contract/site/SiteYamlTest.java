package io.hallwatt.contract.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.config.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteYamlTest {
    private static final String HEAD = """
            id: s
            zone: UTC
            latitude: 0
            longitude: 0
            """;

    @Test
    void the_reference_site_has_8000_racks_at_38_kilowatts() {
        Site site = SiteYaml.reference();

        assertThat(site.halls()).hasSize(40);
        assertThat(site.rackCount()).isEqualTo(8_000);
        assertThat(site.zone()).isEqualTo(ZoneId.of("Africa/Casablanca"));
        assertThat(site.halls().stream().mapToDouble(Hall::designItWatts).sum()).isEqualTo(304e6);
        assertThat(site.source(new SourceId("wind-ppa")).orElseThrow().physical())
                .isFalse();
        assertThat(site.source(new SourceId("grid")).orElseThrow().physical()).isTrue();
        Rack last = site.hall(new HallId("h40"))
                .orElseThrow()
                .rack(new RackId("r200"))
                .orElseThrow();
        assertThat(last.row()).isEqualTo("J");
        assertThat(last.position()).isEqualTo(20);
        assertThat(last.ratedWatts()).isEqualTo(144_000);
        assertThat(last.registerModulusMilliwattHours()).isEqualTo(4_294_967_296_000L);
    }

    @Test
    void the_reference_site_cools_every_hall_with_one_unit_of_each_kind_lost() {
        for (Hall hall : SiteYaml.reference().halls()) {
            double air = coolingWithOneLost(hall, CoolingKind.CRAH);
            double liquid = coolingWithOneLost(hall, CoolingKind.CDU);
            double water = coolingWithOneLost(hall, CoolingKind.CHILLER);

            assertThat(air).isGreaterThanOrEqualTo(0.3 * hall.designItWatts());
            assertThat(liquid).isGreaterThanOrEqualTo(0.7 * hall.designItWatts());
            assertThat(water).isGreaterThanOrEqualTo(1.03 * hall.designItWatts());
        }
    }

    @Test
    void the_example_and_the_reference_site_are_the_same_bytes() throws IOException {
        Path example = Path.of("..", "examples", "tetouan", "site.yaml");

        assertThat(Files.readString(example)).isEqualTo(SiteYaml.referenceText());
    }

    @Test
    void racks_need_no_feeds_and_a_register_modulus_may_be_tenths_of_a_watt_hour() {
        Site site = SiteYaml.read("site.yaml", HEAD + """
                halls:
                  - id: h1
                    design-it-kw: 0.5
                    racks:
                      - { id: meter-1, report-interval: 1h }
                      - { ids: r9..r11, register-modulus-wh: 429496729.6 }
                """);

        List<Rack> racks = site.halls().get(0).racks();
        assertThat(racks).extracting(rack -> rack.id().text()).containsExactly("meter-1", "r9", "r10", "r11");
        assertThat(racks.get(0).feedA()).isNull();
        assertThat(racks.get(0).reportInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(racks.get(0).ratedWatts()).isInfinite();
        assertThat(racks.get(1).registerModulusMilliwattHours()).isEqualTo(429_496_729_600L);
    }

    @Test
    void a_register_counts_whole_watt_hours_unless_its_resolution_is_given() {
        Site site = SiteYaml.read("site.yaml", HEAD + """
                halls:
                  - id: h1
                    design-it-kw: 0.5
                    racks:
                      - ids: r1..r2
                      - { ids: r3..r4, register-resolution-wh: 0.1 }
                    cooling:
                      - { id: c1, kind: crah, rated-cooling-kw: 1, rated-electrical-kw: 1, register-resolution-wh: 1000 }
                supply:
                  - { id: grid, kind: grid, rated-mw: 1, register-resolution-wh: 1e6 }
                """);

        Hall hall = site.halls().getFirst();
        assertThat(hall.racks())
                .extracting(Rack::registerResolutionMilliwattHours)
                .containsExactly(1_000L, 1_000L, 100L, 100L);
        assertThat(hall.coolingUnits().getFirst().registerResolutionMilliwattHours())
                .isEqualTo(1_000_000);
        assertThat(site.sources().getFirst().registerResolutionMilliwattHours()).isEqualTo(1_000_000_000);
    }

    @Test
    void a_units_fluid_is_its_kinds_and_a_halls_power_its_design_unless_given() {
        Site site = SiteYaml.read("site.yaml", HEAD + """
                halls:
                  - id: h1
                    design-it-kw: 100
                    cooling:
                      - { id: c1, kind: crah, rated-cooling-kw: 1, rated-electrical-kw: 1 }
                      - { id: c2, kind: cdu, rated-cooling-kw: 1, rated-electrical-kw: 1, fluid: water, rated-flow-lps: 2.5 }
                  - id: h2
                    design-it-kw: 100
                    power-capacity-kw: 80.5
                """);

        Hall first = site.halls().getFirst();
        assertThat(first.powerCapacityWatts()).isEqualTo(100_000);
        assertThat(site.halls().getLast().powerCapacityWatts()).isEqualTo(80_500);
        assertThat(first.coolingUnits()).extracting(CoolingUnit::medium).containsExactly(Fluid.AIR, Fluid.WATER);
        assertThat(first.coolingUnits())
                .extracting(CoolingUnit::ratedFlowLitresPerSecond)
                .containsExactly(null, 2.5);
    }

    @Test
    void a_fluid_a_flow_or_a_capacity_that_there_is_not_is_a_fault() {
        assertThat(faults(HEAD + """
                halls:
                  - id: h1
                    design-it-kw: 0.5
                    power-capacity-kw: 0
                    cooling:
                      - { id: c1, kind: crah, rated-cooling-kw: 1, rated-electrical-kw: 1, fluid: watr, rated-flow-lps: 0 }
                """))
                .hasSize(3)
                .anySatisfy(
                        fault -> assertThat(fault).contains("power-capacity-kw: 0 is out of range: 0.001 to 1000000"))
                .anySatisfy(fault -> assertThat(fault).contains("\"watr\" is none of water, pg25, air"))
                .anySatisfy(
                        fault -> assertThat(fault).contains("rated-flow-lps: 0 is out of range: 0.001 to 10000000"));
    }

    @Test
    void a_resolution_that_no_register_has_is_a_fault() {
        assertThat(faults(HEAD + """
                halls:
                  - id: h1
                    design-it-kw: 0.5
                    racks:
                      - { id: r1, register-modulus-wh: 1000, register-resolution-wh: 20 }
                      - { id: r2, register-resolution-wh: 0 }
                      - { id: r3, register-resolution-wh: 0.0005 }
                """))
                .hasSize(3)
                .anySatisfy(fault -> assertThat(fault).contains("20 is out of range: 0.001 to 10 "))
                .anySatisfy(fault -> assertThat(fault).contains("0 is out of range: 0.001 to 1000000 "))
                .anySatisfy(fault -> assertThat(fault).contains("0.0005 Wh is no whole number of mWh"));
    }

    @Test
    void a_water_meter_counts_litres_and_never_wraps_unless_told_otherwise() {
        Site site = SiteYaml.read("site.yaml", HEAD + """
                halls:
                  - id: h1
                    design-it-kw: 100
                    cooling:
                      - { id: c1, kind: chiller, rated-cooling-kw: 1, rated-electrical-kw: 1 }
                      - { id: c2, kind: chiller, rated-cooling-kw: 1, rated-electrical-kw: 1, water-resolution-l: 1000, water-modulus-l: 1e8 }
                      - { id: c3, kind: chiller, rated-cooling-kw: 1, rated-electrical-kw: 1, water-modulus-l: 65536 }
                      - { id: c4, kind: chiller, rated-cooling-kw: 1, rated-electrical-kw: 1, water-resolution-l: 0.1 }
                """);

        assertThat(site.halls().getFirst().coolingUnits())
                .extracting(CoolingUnit::water)
                .containsExactly(
                        new WaterMeter(1_000_000_000_000_000_000L, 1_000),
                        new WaterMeter(100_000_000_000L, 1_000_000),
                        new WaterMeter(65_536_000, 1_000),
                        new WaterMeter(1_000_000_000_000_000_000L, 100));
    }

    @Test
    void a_water_meter_that_there_is_not_is_a_fault() {
        assertThat(faults(HEAD + """
                halls:
                  - id: h1
                    design-it-kw: 0.5
                    cooling:
                      - { id: c1, kind: crah, rated-cooling-kw: 1, rated-electrical-kw: 1, water-resolution-l: 20000 }
                      - { id: c2, kind: crah, rated-cooling-kw: 1, rated-electrical-kw: 1, water-resolution-l: 0.0005 }
                      - { id: c3, kind: crah, rated-cooling-kw: 1, rated-electrical-kw: 1, water-resolution-l: 1000, water-modulus-l: 65536 }
                      - { id: c4, kind: crah, rated-cooling-kw: 1, rated-electrical-kw: 1, water-modulus-l: 999 }
                      - { id: c5, kind: crah, rated-cooling-kw: 1, rated-electrical-kw: 1, water-modulus-l: 9999.0005 }
                      - { id: c6, kind: crah, rated-cooling-kw: 1, rated-electrical-kw: 1, water-moduls-l: 9999 }
                """))
                .containsExactly(
                        "site.yaml:9:96: halls[0].cooling[0].water-resolution-l: 20000 is out of range: 0.001 to 10000 (10 m³, and a hundredth of what the register wraps at); default 1",
                        "site.yaml:10:96: halls[0].cooling[1].water-resolution-l: 0.0005 L is no whole number of mL",
                        "site.yaml:11:96: halls[0].cooling[2].water-resolution-l: 1000 is out of range: 0.001 to 655.36 (10 m³, and a hundredth of what the register wraps at); default 1",
                        "site.yaml:12:93: halls[0].cooling[3].water-modulus-l: 999 is out of range: 1000 to 1e15; leave the key out where the register never wraps",
                        "site.yaml:13:93: halls[0].cooling[4].water-modulus-l: 9999.0005 L is no whole number of mL",
                        "site.yaml:14:76: halls[0].cooling[5].water-moduls-l: unknown key; did you mean \"water-modulus-l\"?");
    }

    @Test
    void rows_that_place_too_few_racks_are_a_fault_with_both_counts() {
        assertThat(faults(HEAD + """
                halls:
                  - id: h07
                    design-it-kw: 7600
                    racks:
                      - ids: r001..r200
                    rows:
                      - { ids: A..I, racks: 20 }
                """))
                .containsExactly(
                        "site.yaml:9:7: halls[0].racks: hall h07: rack range r001..r200 has 200 racks, but the rows below place 180."
                                + " Add rows or shorten the range.");
    }

    @Test
    void all_faults_are_found_at_once_each_with_line_column_and_remedy() {
        assertThat(faults("""
                id: ta touan
                zone: Africa/Cassablanca
                latitude: 95
                longitude: 0
                halls:
                  - ids: h01..h03
                    design-it-kw: -1
                    asrae: A2
                    racks:
                      - ids: r010..r001
                      - ids: r1..x9
                      - ids: r001..r0004
                      - ids: r1..r20000
                      - id: r5
                        feeds:
                          A: { breaker-amps: 0, volts: 240, phases: 2 }
                      - ids: r4..r6
                        report-interval: 5ms
                  - id: h02
                    design-it-kw: 1
                supply:
                  - id: sun
                    kind: solr
                    rated-mw: .nan
                  - id: grid
                    kind: grid
                    delivery: contractual
                    rated-mw: 1
                """))
                .containsExactly(
                        "site.yaml:1:5: id: site id \"ta touan\": an id is 1 to 64 of A-Z a-z 0-9 . _ -, not starting with a dot",
                        "site.yaml:2:7: zone: \"Africa/Cassablanca\" is no time zone; did you mean \"Africa/Casablanca\"?",
                        "site.yaml:3:11: latitude: 95 is out of range: -90 to 90",
                        "site.yaml:7:19: halls[0].design-it-kw: -1 is out of range: 0.001 to 1000000",
                        "site.yaml:8:5: halls[0].asrae: unknown key; did you mean \"ashrae\"?",
                        "site.yaml:10:14: halls[0].racks[0].ids: range r010..r001 runs backwards: write the lower end first",
                        "site.yaml:11:14: halls[0].racks[1].ids: range r1..x9: its ends begin with \"r\" and \"x\"; they must begin alike",
                        "site.yaml:12:14: halls[0].racks[2].ids: range r001..r0004: its ends have 3 and 4 digits; write both with as many",
                        "site.yaml:13:14: halls[0].racks[3].ids: range r1..r20000 has 20,000 ids; at most 10,000 stand in one",
                        "site.yaml:16:30: halls[0].racks[4].feeds.A.breaker-amps: 0 is out of range: 1 to 6300",
                        "site.yaml:16:53: halls[0].racks[4].feeds.A.phases: 2 phases: a feed has 1 or 3",
                        "site.yaml:17:14: halls[0].racks[5].ids: rack r5 stands in an earlier section already: each id is used once",
                        "site.yaml:18:26: halls[0].racks[5].report-interval: 5ms is out of range: 10ms to 1d",
                        "site.yaml:19:9: halls[1].id: hall h02 stands in an earlier section already: each id is used once",
                        "site.yaml:23:11: supply[0].kind: \"solr\" is none of solar, wind, hydro, battery, grid; did you mean \"solar\"?",
                        "site.yaml:24:15: supply[0].rated-mw: \".nan\" is no number",
                        "site.yaml:27:15: supply[1].delivery: a battery or a grid connection is physical; a purchase agreement is one of its plant");
    }

    @Test
    void a_site_without_halls_is_a_fault() {
        assertThat(faults(HEAD)).containsExactly("site.yaml:1:1: halls: a site has at least one hall: - ids: h01..h40");
    }

    @Test
    void a_site_larger_than_any_is_refused_before_it_fills_the_memory() {
        assertThat(faults(HEAD + """
                halls:
                  - ids: h1..h10000
                    design-it-kw: 1
                    racks:
                      - ids: r1..r10000
                """))
                .containsExactly(
                        "site.yaml:6:3: halls: 10,000 halls with 100,000,000 racks; a site has at most 1,000 halls and 200,000 racks: split it into several");
    }

    @Test
    void a_plant_must_say_whether_it_is_physical() {
        assertThat(faults(HEAD + """
                halls:
                  - { id: h1, design-it-kw: 1 }
                supply:
                  - { id: sun, kind: solar, rated-mw: 1 }
                """)).containsExactly("site.yaml:8:5: supply[0].delivery is missing");
    }

    private static double coolingWithOneLost(Hall hall, CoolingKind kind) {
        return hall.coolingUnits().stream()
                .filter(unit -> unit.kind() == kind)
                .skip(1)
                .mapToDouble(CoolingUnit::ratedCoolingWatts)
                .sum();
    }

    private static List<String> faults(String text) {
        InvalidInput invalid = catchThrowableOfType(InvalidInput.class, () -> SiteYaml.read("site.yaml", text));
        assertThat(invalid).as("should be refused").isNotNull();
        return invalid.faults();
    }
}
