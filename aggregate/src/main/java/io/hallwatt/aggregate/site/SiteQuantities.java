package io.hallwatt.aggregate.site;

import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;

import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A site's quantities in one closed window: every metric of the catalogue's scope, or the reason why it is not known. */
final class SiteQuantities {
    /** Domain rule: below this completeness a ratio of energies is not published. */
    private static final double RATIO_COMPLETENESS = 0.95;
    /** Domain rule: below this part of the design load the power ratio says nothing. */
    private static final double LEAST_LOAD = 0.05;

    /** What one source gave in the window. Power in mW and carbon intensity in thousandths of g/kWh, {@code ABSENT} where not known. */
    record Supply(SupplySource source, long milliwatts, long carbon, SiteSupply.@Nullable Net energy) {}

    private final Site site;
    private final SiteWindow halls;
    private final Iterable<Supply> supplies;
    private final Resolution resolution;
    private final Quantities.Builder quantities = Quantities.builder();

    SiteQuantities(Site site, SiteWindow halls, Iterable<Supply> supplies, Resolution resolution) {
        this.site = site;
        this.halls = halls;
        this.supplies = supplies;
        this.resolution = resolution;
    }

    /** Part of the window, over all expected racks of all halls, for which power is known. */
    double completeness() {
        double whole = (double) site.rackCount() * resolution.millis();
        return whole == 0 ? 0 : Math.min(1, halls.covered / whole);
    }

    Quantities all() {
        Quantity it = load(halls.itPower, 1000);
        Quantity cooling = load(halls.coolingPower, 1000);
        Quantity facility = facility(it, cooling);
        quantities.put(Metric.SITE_FACILITY_POWER, facility);
        quantities.put(Metric.SITE_IT_POWER, it);
        quantities.put(Metric.SITE_COOLING_POWER, cooling);
        other(facility, it, cooling);
        if (resolution == Resolution.SECOND) {
            powerRatio(facility, it);
        } else {
            energies();
        }
        renewable(facility);
        quantities.put(Metric.SITE_RACKS_EXPECTED, site.rackCount());
        quantities.put(
                Metric.SITE_RACKS_REPORTING,
                halls.racksReporting == 0 && halls.unheard > 0
                        ? Quantity.unknown(Reason.NO_READINGS)
                        : Quantity.measured((double) halls.racksReporting));
        quantities.put(Metric.SITE_COMPLETENESS, completeness());
        quantities.put(Metric.SITE_THERMAL_POWER, load(halls.thermalPower, 1000));
        return quantities.build();
    }

    /** Sum over halls; estimated where some hall knows it only in part, unknown where half of the racks are not known. */
    private Quantity load(SiteWindow.Sum sum, double scale) {
        if (sum.known == 0) {
            return Quantity.unknown(sum.missing == 0 && halls.halls > 0 ? Reason.NOT_MEASURED : Reason.NO_READINGS);
        }
        int absent = Math.max(0, site.halls().size() - halls.halls)
                + sum.missing; // of those that left some may have delivered
        if (2 * absent > site.halls().size()) {
            return Quantity.unknown(Reason.INCOMPLETE);
        }
        double value = sum.total / scale;
        return absent > 0 || sum.estimated > 0 ? Quantity.estimated(value) : Quantity.measured(value);
    }

    private boolean gridMetered() {
        return site.sources().stream().anyMatch(s -> s.kind() == SupplyKind.GRID && s.physical());
    }

    private Quantity facility(Quantity it, Quantity cooling) {
        if (!gridMetered()) {
            return sumOfLoads(it, cooling);
        }
        long sum = 0;
        for (Supply supply : supplies) {
            if (supply.source().physical()) {
                if (supply.milliwatts() == ABSENT) {
                    return Quantity.unknown(Reason.INCOMPLETE);
                }
                sum += supply.milliwatts();
            }
        }
        return Quantity.measured(sum / 1000.0);
    }

    private static Quantity sumOfLoads(Quantity it, Quantity cooling) {
        if (it instanceof Quantity.Unknown) {
            return it;
        }
        boolean uncooled = cooling instanceof Quantity.Unknown unknown && unknown.reason() == Reason.NOT_MEASURED;
        if (cooling instanceof Quantity.Unknown && !uncooled) {
            return cooling;
        }
        double sum = value(it) + (uncooled ? 0 : value(cooling));
        return from(sum, it, cooling);
    }

    private void other(Quantity facility, Quantity it, Quantity cooling) {
        Quantity loads = sumOfLoads(it, cooling);
        if (!gridMetered()) {
            quantities.unknown(Metric.SITE_OTHER_POWER, Reason.NOT_MEASURED);
        } else if (facility instanceof Quantity.Unknown) {
            quantities.put(Metric.SITE_OTHER_POWER, facility);
        } else if (loads instanceof Quantity.Unknown) {
            quantities.put(Metric.SITE_OTHER_POWER, loads);
        } else {
            double rest = value(facility) - value(loads);
            quantities.put(Metric.SITE_OTHER_POWER, from(rest, facility, loads));
        }
    }

    private void powerRatio(Quantity facility, Quantity it) {
        double design =
                site.halls().stream().mapToDouble(h -> h.designItWatts()).sum();
        if (facility instanceof Quantity.Unknown) {
            quantities.put(Metric.SITE_POWER_RATIO, facility);
        } else if (it instanceof Quantity.Unknown) {
            quantities.put(Metric.SITE_POWER_RATIO, it);
        } else if (completeness() < RATIO_COMPLETENESS) {
            quantities.unknown(Metric.SITE_POWER_RATIO, Reason.INCOMPLETE);
        } else if (value(it) <= 0 || value(it) < LEAST_LOAD * design) {
            quantities.unknown(Metric.SITE_POWER_RATIO, Reason.DIVISOR_ZERO);
        } else {
            ratio(Metric.SITE_POWER_RATIO, facility, it);
        }
    }

    /** A ratio below 1 is a fault of the meters: the reason is published, not the value. */
    private void ratio(Metric metric, Quantity whole, Quantity part) {
        if (value(whole) < value(part)) {
            quantities.unknown(metric, Reason.IMPLAUSIBLE);
        } else {
            quantities.put(metric, from(value(whole) / value(part), whole, part));
        }
    }

    /** A value computed of others: estimated where one of them is. */
    private static Quantity from(double value, Quantity... parts) {
        for (Quantity part : parts) {
            if (part instanceof Quantity.Estimated) {
                return Quantity.estimated(value);
            }
        }
        return Quantity.measured(value);
    }

    private void energies() {
        Quantity it = load(halls.itEnergy, 1);
        Quantity cooling = load(halls.coolingEnergy, 1);
        Quantity facility = gridMetered() ? supplied() : sumOfLoads(it, cooling);
        quantities.put(Metric.SITE_IT_ENERGY, it);
        quantities.put(Metric.SITE_FACILITY_ENERGY, facility);
        for (Supply supply : supplies) {
            SiteSupply.Net net = supply.energy();
            quantities.put(
                    Metric.SITE_SUPPLY_ENERGY,
                    supply.source().id().text(),
                    net == null
                            ? Quantity.unknown(Reason.BOUNDARY_UNKNOWN)
                            : net.estimated()
                                    ? Quantity.estimated((double) net.milliwattHours())
                                    : Quantity.measured((double) net.milliwattHours()));
        }
        Quantity divisor = it instanceof Quantity.Estimated && completeness() < RATIO_COMPLETENESS
                ? Quantity.unknown(Reason.INCOMPLETE)
                : positive(it);
        if (facility instanceof Quantity.Unknown) {
            quantities.put(Metric.SITE_PUE, facility);
        } else if (divisor instanceof Quantity.Unknown) {
            quantities.put(Metric.SITE_PUE, divisor);
        } else {
            ratio(Metric.SITE_PUE, facility, divisor);
        }
        figures(facility, divisor);
    }

    private void figures(Quantity facility, Quantity it) {
        Quantity water = load(halls.water, 1);
        quantities.put(Metric.SITE_WATER, water);
        quantities.put(Metric.SITE_WUE, Quantity.of(water, it, SiteFigures::waterUsage));
        Quantity intensity = intensityOfWhatCameIn();
        boolean backwards = !(facility instanceof Quantity.Unknown) && value(facility) < 0;
        Quantity cameIn = backwards ? Quantity.unknown(Reason.IMPLAUSIBLE) : facility;
        Quantity carbon = Quantity.of(cameIn, intensity, (energy, grams) -> energy * grams);
        quantities.put(
                Metric.SITE_CUE,
                Quantity.of(carbon, it, (grams, divisor) -> SiteFigures.carbonUsage(grams, 1, divisor)));
        quantities.put(
                Metric.SITE_REF, Quantity.of(renewableEnergy(), positive(facility), SiteFigures::renewableFactor));
    }

    /** As a divisor. */
    private static Quantity positive(Quantity quantity) {
        return quantity instanceof Quantity.Unknown || value(quantity) > 0
                ? quantity
                : Quantity.unknown(Reason.DIVISOR_ZERO);
    }

    /** Weighted by energy, of the physical sources that delivered; the grid's where there is none. A battery gives back what the grid's factor stands for. */
    private Quantity intensityOfWhatCameIn() {
        Quantity grid = intensity();
        double energy = 0;
        double carbon = 0;
        boolean physical = false;
        boolean estimated = false;
        for (Supply supply : supplies) {
            SupplySource source = supply.source();
            if (!source.physical()) {
                continue;
            }
            physical = true;
            SiteSupply.Net net = supply.energy();
            if (net == null) {
                return Quantity.unknown(Reason.BOUNDARY_UNKNOWN);
            }
            if (net.milliwattHours() > 0) {
                Double own = source.carbonGramsPerKilowattHour();
                boolean atGrid = source.kind() == SupplyKind.GRID || source.kind() == SupplyKind.BATTERY;
                if (atGrid ? grid instanceof Quantity.Unknown : own == null) {
                    return Quantity.unknown(Reason.FACTOR_UNKNOWN);
                }
                double factor = atGrid || own == null ? value(grid) : own;
                energy += net.milliwattHours();
                carbon += net.milliwattHours() * factor;
                estimated |= net.estimated();
            }
        }
        if (!physical) {
            return grid;
        }
        if (energy == 0) {
            return Quantity.unknown(Reason.DIVISOR_ZERO);
        }
        return estimated ? Quantity.estimated(carbon / energy) : Quantity.measured(carbon / energy);
    }

    private Quantity renewableEnergy() {
        double sum = 0;
        boolean any = false;
        boolean estimated = false;
        for (Supply supply : supplies) {
            if (supply.source().renewable()) {
                any = true;
                SiteSupply.Net net = supply.energy();
                if (net == null) {
                    return Quantity.unknown(Reason.BOUNDARY_UNKNOWN);
                }
                sum += net.milliwattHours();
                estimated |= net.estimated();
            }
        }
        if (!any) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        return estimated ? Quantity.estimated(sum) : Quantity.measured(sum);
    }

    private Quantity supplied() {
        long sum = 0;
        boolean estimated = false;
        for (Supply supply : supplies) {
            if (supply.source().physical()) {
                SiteSupply.Net net = supply.energy();
                if (net == null) {
                    return Quantity.unknown(Reason.BOUNDARY_UNKNOWN);
                }
                sum += net.milliwattHours();
                estimated |= net.estimated();
            }
        }
        return estimated ? Quantity.estimated((double) sum) : Quantity.measured((double) sum);
    }

    private void renewable(Quantity facility) {
        for (Supply supply : supplies) {
            quantities.put(Metric.SITE_SUPPLY_POWER, supply.source().id().text(), watts(supply.milliwatts()));
        }
        Quantity renewable = sum(SupplySource::renewable, Supply::milliwatts);
        Quantity grid = sum(source -> source.kind() == SupplyKind.GRID, Supply::milliwatts);
        Quantity intensity = intensity();
        quantities.put(Metric.SITE_RENEWABLE_POWER, renewable);
        quantities.put(Metric.SITE_GRID_IMPORT, grid);
        quantities.put(Metric.SITE_CARBON_INTENSITY, intensity);
        Quantity unknown = first(facility, renewable);
        if (unknown != null) {
            quantities.put(Metric.SITE_RENEWABLE_SHARE, unknown);
            quantities.put(Metric.SITE_CARBON_RATE, unknown);
            return;
        }
        double load = value(facility);
        double matched = Math.max(0, Math.min(value(renewable), load));
        if (load <= 0) {
            quantities.unknown(Metric.SITE_RENEWABLE_SHARE, Reason.DIVISOR_ZERO);
        } else {
            quantities.put(Metric.SITE_RENEWABLE_SHARE, from(matched / load, facility, renewable));
        }
        quantities.put(
                Metric.SITE_CARBON_RATE,
                intensity instanceof Quantity.Unknown
                        ? intensity
                        : from(
                                Math.max(0, load - value(renewable)) * value(intensity) / 3.6e6,
                                facility,
                                renewable,
                                intensity));
    }

    private static @Nullable Quantity first(Quantity... quantities) {
        for (Quantity quantity : quantities) {
            if (quantity instanceof Quantity.Unknown) {
                return quantity;
            }
        }
        return null;
    }

    private Quantity sum(Predicate<SupplySource> which, ToLongFunction<Supply> of) {
        long sum = 0;
        int known = 0;
        int missing = 0;
        for (Supply supply : supplies) {
            if (which.test(supply.source())) {
                long value = of.applyAsLong(supply);
                known += value == ABSENT ? 0 : 1;
                missing += value == ABSENT ? 1 : 0;
                sum += value == ABSENT ? 0 : value;
            }
        }
        if (known + missing == 0) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        return missing > 0
                ? Quantity.unknown(known == 0 ? Reason.NO_READINGS : Reason.INCOMPLETE)
                : Quantity.measured(sum / 1000.0);
    }

    /** Metered by a grid source, else that source's factor. */
    private Quantity intensity() {
        for (Supply supply : supplies) {
            if (supply.source().kind() == SupplyKind.GRID) {
                if (supply.carbon() != ABSENT) {
                    return Quantity.measured(supply.carbon() / 1000.0);
                }
                Double factor = supply.source().carbonGramsPerKilowattHour();
                if (factor != null) {
                    return Quantity.measured(factor);
                }
            }
        }
        return Quantity.unknown(Reason.FACTOR_UNKNOWN);
    }

    private static Quantity watts(long milliwatts) {
        return milliwatts == ABSENT ? Quantity.unknown(Reason.NO_READINGS) : Quantity.measured(milliwatts / 1000.0);
    }

    private static double value(Quantity quantity) {
        return switch (quantity) {
            case Quantity.Measured measured -> measured.value();
            case Quantity.Estimated estimated -> estimated.value();
            case Quantity.Unknown unknown ->
                throw new IllegalStateException("asked for the value of what is unknown: " + unknown.reason());
        };
    }
}
