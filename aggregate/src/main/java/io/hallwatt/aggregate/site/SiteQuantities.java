package io.hallwatt.aggregate.site;

import static io.hallwatt.aggregate.window.PowerSamples.ABSENT;

import io.hallwatt.aggregate.hall.Side;
import io.hallwatt.contract.Quantities;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplyKind;
import io.hallwatt.contract.site.SupplySource;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A site's quantities in one closed window: every metric of the catalogue's scope, or the reason why it is not known. */
final class SiteQuantities {
    /** Domain rule: below this part of the design load the power ratio says nothing. */
    private static final double LEAST_LOAD = 0.05;

    /**
     * What one source gave in the window. Power in mW and carbon intensity in thousandths of g/kWh, {@code ABSENT} where not known; of each the part of the window
     * for which it is known.
     */
    record Supply(
            SupplySource source,
            long milliwatts,
            double powerCompleteness,
            long carbon,
            double carbonCompleteness,
            SiteSupply.@Nullable Net energy) {
        Quantity watts() {
            return milliwatts == ABSENT
                    ? Quantity.unknown(Reason.NO_READINGS)
                    : Quantity.known(milliwatts / 1000.0, powerCompleteness < 1);
        }
    }

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
        return Quantity.known(sum.total / scale, absent > 0 || sum.estimated > 0);
    }

    /** A sum over halls as one side of a ratio; its own quantity says whether it is known at all. */
    private Side side(SiteWindow.Sum sum, ToLongFunction<Hall> weight) {
        int absent = Math.max(0, site.halls().size() - halls.halls) + sum.missing;
        long all = site.halls().stream().mapToLong(weight).sum();
        return new Side(Quantity.known((double) sum.total, absent > 0 || sum.estimated > 0), sum.completeness(all));
    }

    private Side it(SiteWindow.Sum sum) {
        return side(sum, hall -> hall.racks().size());
    }

    private Side cooling(SiteWindow.Sum sum) {
        return side(sum, hall -> hall.coolingUnits().size());
    }

    /** Of some sources, of which each must tell: as much is known as of the one that told least. */
    private double powerCompleteness(Predicate<SupplySource> which) {
        double least = 1;
        for (Supply supply : supplies) {
            least = which.test(supply.source()) ? Math.min(least, supply.powerCompleteness()) : least;
        }
        return least;
    }

    private boolean gridMetered() {
        return site.sources().stream().anyMatch(s -> s.kind() == SupplyKind.GRID && s.physical());
    }

    private Quantity facility(Quantity it, Quantity cooling) {
        if (!gridMetered()) {
            return sumOfLoads(it, cooling);
        }
        Quantity sum = sum(SupplySource::physical);
        return sum instanceof Quantity.Unknown ? Quantity.unknown(Reason.INCOMPLETE) : sum;
    }

    /** Facility power as one side of a ratio. */
    private Side facilitySide(Quantity facility) {
        double known = gridMetered()
                ? powerCompleteness(SupplySource::physical)
                : Math.min(
                        it(halls.itPower).known(), cooling(halls.coolingPower).known());
        return new Side(facility, known);
    }

    private static Quantity sumOfLoads(Quantity it, Quantity cooling) {
        if (it instanceof Quantity.Unknown) {
            return it;
        }
        boolean uncooled = cooling instanceof Quantity.Unknown unknown && unknown.reason() == Reason.NOT_MEASURED;
        if (cooling instanceof Quantity.Unknown && !uncooled) {
            return cooling;
        }
        double sum = Quantity.number(it) + (uncooled ? 0 : Quantity.number(cooling));
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
        } else if (!Side.nearlyWhole(facilitySide(facility), it(halls.itPower), cooling(halls.coolingPower))) {
            quantities.unknown(Metric.SITE_OTHER_POWER, Reason.INCOMPLETE); // the load of a silent hall is no loss
        } else {
            double rest = Quantity.number(facility) - Quantity.number(loads);
            quantities.put(Metric.SITE_OTHER_POWER, from(rest, facility, loads));
        }
    }

    private void powerRatio(Quantity facility, Quantity it) {
        double design =
                site.halls().stream().mapToDouble(h -> h.designItWatts()).sum();
        Quantity unknown = first(facility, it);
        Side whole = gridMetered() ? facilitySide(facility) : loads(halls.cooledPower);
        Side part = gridMetered() ? new Side(it, it(halls.itPower).known()) : it(halls.cooledPower.it);
        if (unknown != null) {
            quantities.put(Metric.SITE_POWER_RATIO, unknown);
        } else if (Side.nearlyWhole(whole, part) && Quantity.number(it) < LEAST_LOAD * design) {
            quantities.unknown(Metric.SITE_POWER_RATIO, Reason.DIVISOR_ZERO);
        } else {
            quantities.put(Metric.SITE_POWER_RATIO, usage(whole, part));
        }
    }

    /** What the halls drew that know both IT and cooling. */
    private Side loads(SiteWindow.Pair pair) {
        return it(pair.it).plus(cooling(pair.other));
    }

    /** A ratio below 1 is a fault of the meters: the reason is published, not the value. */
    private static Quantity usage(Side whole, Side part) {
        Quantity ratio = Side.ratio(whole, part, (all, it) -> all / it);
        return !(ratio instanceof Quantity.Unknown) && Quantity.number(ratio) < 1
                ? Quantity.unknown(Reason.IMPLAUSIBLE)
                : ratio;
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
                            : Quantity.known((double) net.milliwattHours(), net.estimated()));
        }
        Quantity unknown = first(facility, it);
        Side whole = gridMetered() ? new Side(facility, 1) : loads(halls.cooledEnergy);
        Side part = it(gridMetered() ? halls.itEnergy : halls.cooledEnergy.it);
        quantities.put(Metric.SITE_PUE, unknown == null ? usage(whole, part) : unknown);
        water(it);
        carbon(facility, it, whole, part);
        renewableFactor(facility);
    }

    private void water(Quantity it) {
        Quantity water = load(halls.water, 1);
        Quantity unknown = first(water, it);
        quantities.put(Metric.SITE_WATER, water);
        quantities.put(
                Metric.SITE_WUE,
                unknown == null
                        ? Side.ratio(
                                cooling(halls.wateredEnergy.other), it(halls.wateredEnergy.it), SiteFigures::waterUsage)
                        : unknown);
    }

    /** @param whole what came in, against {@code part}, the IT energy that it is divided by */
    private void carbon(Quantity facility, Quantity it, Side whole, Side part) {
        Quantity intensity = intensityOfWhatCameIn();
        boolean backwards = !(facility instanceof Quantity.Unknown) && Quantity.number(facility) < 0;
        Quantity cameIn = backwards ? Quantity.unknown(Reason.IMPLAUSIBLE) : facility;
        Quantity unknown = first(cameIn, intensity, it);
        quantities.put(
                Metric.SITE_CUE,
                unknown == null
                        ? Side.ratio(
                                new Side(
                                        Quantity.of(whole.quantity(), intensity, (energy, grams) -> energy * grams),
                                        whole.known()),
                                part,
                                (carbon, divisor) -> SiteFigures.carbonUsage(carbon, 1, divisor))
                        : unknown);
    }

    private void renewableFactor(Quantity facility) {
        Quantity renewable = renewableEnergy();
        Quantity unknown = first(renewable, facility);
        double known = gridMetered()
                ? 1
                : Math.min(
                        it(halls.itEnergy).known(), cooling(halls.coolingEnergy).known());
        quantities.put(
                Metric.SITE_REF,
                unknown == null
                        ? Side.ratio(new Side(renewable, 1), new Side(facility, known), SiteFigures::renewableFactor)
                        : unknown);
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
                double factor = atGrid || own == null ? Quantity.number(grid) : own;
                estimated |= atGrid && grid instanceof Quantity.Estimated;
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
        return Quantity.known(carbon / energy, estimated);
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
        return Quantity.known(sum, estimated);
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
        return Quantity.known((double) sum, estimated);
    }

    private void renewable(Quantity facility) {
        for (Supply supply : supplies) {
            quantities.put(Metric.SITE_SUPPLY_POWER, supply.source().id().text(), supply.watts());
        }
        Quantity renewable = sum(SupplySource::renewable);
        Quantity grid = sum(source -> source.kind() == SupplyKind.GRID);
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
        double load = Quantity.number(facility);
        Side green = new Side(renewable, powerCompleteness(SupplySource::renewable));
        quantities.put(
                Metric.SITE_RENEWABLE_SHARE,
                Side.ratio(green, facilitySide(facility), (matched, all) -> Math.clamp(matched, 0, all) / all));
        quantities.put(
                Metric.SITE_CARBON_RATE,
                intensity instanceof Quantity.Unknown
                        ? intensity
                        : from(
                                Math.max(0, load - Quantity.number(renewable)) * Quantity.number(intensity) / 3.6e6,
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

    /** Power of some sources: known where each of them tells it, estimated where one does not for the whole window. */
    private Quantity sum(Predicate<SupplySource> which) {
        long sum = 0;
        int known = 0;
        int missing = 0;
        boolean partly = false;
        for (Supply supply : supplies) {
            if (which.test(supply.source())) {
                boolean tells = supply.milliwatts() != ABSENT;
                known += tells ? 1 : 0;
                missing += tells ? 0 : 1;
                partly |= supply.powerCompleteness() < 1;
                sum += tells ? supply.milliwatts() : 0;
            }
        }
        if (known + missing == 0) {
            return Quantity.unknown(Reason.NOT_MEASURED);
        }
        return missing > 0
                ? Quantity.unknown(known == 0 ? Reason.NO_READINGS : Reason.INCOMPLETE)
                : Quantity.known(sum / 1000.0, partly);
    }

    /** Metered by a grid source, else that source's factor. */
    private Quantity intensity() {
        for (Supply supply : supplies) {
            if (supply.source().kind() == SupplyKind.GRID) {
                if (supply.carbon() != ABSENT) {
                    return Quantity.known(supply.carbon() / 1000.0, supply.carbonCompleteness() < 1);
                }
                Double factor = supply.source().carbonGramsPerKilowattHour();
                if (factor != null) {
                    return Quantity.measured(factor);
                }
            }
        }
        return Quantity.unknown(Reason.FACTOR_UNKNOWN);
    }
}
