package io.hallwatt.ingest.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplySource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day of the reference site, a fiftieth of its size, by what an outsider can see. */
class SiteDayIT {
    private final Map<String, Long> firstRegister = new HashMap<>();
    private final Map<String, Long> lastRegister = new HashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-20T00:00:00Z", "2026-08-10T00:00:00Z", "2026-11-23T00:00:00Z"})
    void a_day_is_plausible_in_every_season(String start) {
        Site site = SimulatedSites.reference();
        SimulationConfig config = SimulatedSites.config(Duration.ofDays(1))
                .withStart(Instant.parse(start))
                .withRateHz(0.1);
        Simulation simulation = Simulation.begin(site, config, Instant.parse(start));
        double[] tooWarm = new double[2];
        boolean more = true;
        while (more) {
            more = simulation.advance(
                    Instant.ofEpochMilli(Long.MAX_VALUE / 4), 10_000, reading -> see(site, reading, tooWarm));
        }

        double it = 0;
        double cooling = 0;
        double bus = 0;
        for (String key : lastRegister.keySet()) {
            double wattHours =
                    (Objects.requireNonNull(lastRegister.get(key)) - Objects.requireNonNull(firstRegister.get(key)))
                            / 1000.0;
            it += key.startsWith("rack") ? wattHours : 0;
            cooling += key.startsWith("unit") ? wattHours : 0;
            bus += key.startsWith("in ") ? wattHours : key.startsWith("out ") ? -wattHours : 0;
        }
        double design =
                site.halls().stream().mapToDouble(h -> h.designItWatts()).sum();
        assertThat(bus / it).as("PUE").isBetween(1.2, 1.3);
        assertThat(it / 24 / design).as("IT of design").isBetween(0.75, 1.0);
        assertThat((bus - it - cooling) / it).as("losses and other").isBetween(0.03, 0.09);
        assertThat(100 * (1 - tooWarm[0] / (8 * tooWarm[1]))).as("RCI high, A2").isGreaterThan(96);
    }

    private void see(Site site, Reading reading, double[] tooWarm) {
        switch (reading) {
            case RackReading r -> rack(r, tooWarm);
            case CoolingReading c -> unit(c);
            case SupplyReading s -> source(site, s);
        }
    }

    private void rack(RackReading r, double[] tooWarm) {
        double amps = 0;
        for (var feed : new io.hallwatt.contract.FeedReading[] {
            Objects.requireNonNull(r.feedA()), Objects.requireNonNull(r.feedB())
        }) {
            for (var phase : feed.phases()) {
                amps = Math.max(amps, phase.amps());
                within(phase.volts(), 207, 253, r);
                within(phase.watts(), 100, 24_000, r);
            }
        }
        within(amps, 0, 50, r); // either feed could carry both
        double top = Objects.requireNonNull(Objects.requireNonNull(r.inlet()).topCelsius());
        within(top, 15, 32, r);
        within(Objects.requireNonNull(r.outletCelsius()), top, 60, r);
        within(Objects.requireNonNull(r.humidityPercent()), 20, 80, r);
        tooWarm[0] += Math.max(0, top - 27);
        tooWarm[1]++;
        register(
                "rack A " + r.device(),
                Objects.requireNonNull(Objects.requireNonNull(r.feedA()).registerMilliwattHours()));
        register(
                "rack B " + r.device(),
                Objects.requireNonNull(Objects.requireNonNull(r.feedB()).registerMilliwattHours()));
    }

    private void unit(CoolingReading c) {
        double supply = Objects.requireNonNull(c.supplyCelsius());
        double back = Objects.requireNonNull(c.returnCelsius());
        within(supply, 10, 35, c);
        within(back, supply, 60, c);
        within(back - supply, 0, 25, c);
        within(Objects.requireNonNull(c.speedRatio()), 0, 1, c);
        register("unit " + c.device(), Objects.requireNonNull(c.registerMilliwattHours()));
    }

    private void source(Site site, SupplyReading s) {
        SupplySource source = site.source(s.source()).orElseThrow();
        double watts = Objects.requireNonNull(s.watts()) / source.ratedWatts();
        switch (source.kind()) {
            case SOLAR, WIND, HYDRO -> within(watts, -0.005, 1.05, s);
            case BATTERY -> {
                within(watts, -1, 1, s);
                within(Objects.requireNonNull(s.stateOfChargeRatio()), 0, 1, s);
            }
            case GRID -> within(watts, -1, 1, s);
        }
        if (source.physical()) {
            register("in " + s.device(), Objects.requireNonNull(s.deliveredRegisterMilliwattHours()));
            register("out " + s.device(), Objects.requireNonNull(s.drawnRegisterMilliwattHours()));
        }
    }

    private void register(String key, long milliwattHours) {
        firstRegister.putIfAbsent(key, milliwattHours);
        lastRegister.put(key, milliwattHours);
    }

    private static void within(double value, double least, double most, Reading reading) {
        if (!(value >= least && value <= most)) {
            throw new AssertionError("%s not in %s..%s: %s".formatted(value, least, most, reading));
        }
    }

    @Test
    void the_sources_on_the_bus_carry_the_load_and_some_percent_of_losses() {
        Site site = SimulatedSites.two();
        SimulationConfig config = SimulatedSites.config(Duration.ofMinutes(20));
        Map<Long, Double> bus = new HashMap<>();
        for (Reading reading : SimulatedSites.run(site, config)) {
            if (reading instanceof SupplyReading s
                    && site.source(s.source()).orElseThrow().physical()) {
                bus.merge(s.at().getEpochSecond(), Objects.requireNonNull(s.watts()), Double::sum);
            }
        }

        Map<Long, Double> load = new HashMap<>();
        for (Reading reading : SimulatedSites.run(site, config)) {
            if (reading instanceof RackReading r) {
                load.merge(
                        r.at().getEpochSecond(),
                        Objects.requireNonNull(Objects.requireNonNull(r.feedA()).powerWatts())
                                + Objects.requireNonNull(
                                        Objects.requireNonNull(r.feedB()).powerWatts()),
                        Double::sum);
            } else if (reading instanceof CoolingReading c) {
                load.merge(c.at().getEpochSecond(), Objects.requireNonNull(c.electricalWatts()), Double::sum);
            }
        }
        double sources = bus.values().stream().mapToDouble(w -> w).sum();
        double loads = load.values().stream().mapToDouble(w -> w).sum();

        assertThat(sources / loads - 1).isBetween(0.02, 0.08); // losses and the house; instants of the ripple even out
    }
}
