package io.hallwatt.contract.catalogue;

import static io.hallwatt.contract.catalogue.Dimension.CONSTRAINT;
import static io.hallwatt.contract.catalogue.Dimension.FEED;
import static io.hallwatt.contract.catalogue.Dimension.PHASE;
import static io.hallwatt.contract.catalogue.Dimension.SOURCE;
import static io.hallwatt.contract.catalogue.Dimension.UNIT;
import static io.hallwatt.contract.catalogue.Scope.HALL;
import static io.hallwatt.contract.catalogue.Scope.RACK;
import static io.hallwatt.contract.catalogue.Scope.SITE;
import static io.hallwatt.contract.catalogue.Unit.AMPERES;
import static io.hallwatt.contract.catalogue.Unit.CELSIUS;
import static io.hallwatt.contract.catalogue.Unit.COUNT;
import static io.hallwatt.contract.catalogue.Unit.GRAMS_PER_KILOWATT_HOUR;
import static io.hallwatt.contract.catalogue.Unit.GRAMS_PER_SECOND;
import static io.hallwatt.contract.catalogue.Unit.KELVIN;
import static io.hallwatt.contract.catalogue.Unit.LITRES_PER_KILOWATT_HOUR;
import static io.hallwatt.contract.catalogue.Unit.MILLILITRES;
import static io.hallwatt.contract.catalogue.Unit.MILLIWATT_HOURS;
import static io.hallwatt.contract.catalogue.Unit.RATIO;
import static io.hallwatt.contract.catalogue.Unit.WATTS;

import io.hallwatt.contract.Resolution;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every metric that Hallwatt computes, once. The record field, the Prometheus name, the name in rules and the documentation all come from here.
 *
 * <p>The order is the order in records; add at the end of a scope's list.
 *
 *
 * <p>A rack's currents, temperatures and humidity hold as its power does: a window without a reading of the rack takes what the rack said in the last second in
 * which it spoke, until three report intervals after its last reading. Such held values only fill windows that have no reading; sums and maxima of longer
 * windows are of readings alone. "Held" in a formula means this.
 *
 * <p>A value is measured only where all devices tell it that the figure stands for, over the whole window where it is a mean over time, and each heard for 0.95 of
 * it where it is a worst case of a minute or longer; else it is estimated. It is
 * not known where less than half of the devices that should tell it do, but for a worst case that is beyond its limit whatever the others would say (a load above
 * 0.8, a headroom below 0, an intake outside the recommended range): that is told. A rack that reports and never told a temperature has no sensor; one
 * that did and does not is missing.
 */
public enum Metric {
    // Racks: columns of RackFrame.
    RACK_POWER(
            RACK,
            "power",
            WATTS,
            "Mean power of the rack, both feeds",
            "mean over the window of A + B; not known while a feed that the site model has is silent: one feed's power would pass for the rack's"),
    RACK_FEED_POWER(RACK, "feedPower", WATTS, "Mean power of one feed of the rack", "mean over the window", FEED),
    RACK_FEED_CURRENT(
            RACK,
            "feedCurrentMax",
            AMPERES,
            "Largest phase current of one feed of the rack",
            "max over the window and the phases, held",
            FEED),
    RACK_FEED_LOAD(
            RACK,
            "feedLoad",
            RATIO,
            "Largest phase current of a feed over its breaker's rating",
            "max over the window and the phases of I / I_rated, held; the limit is per phase and in amps",
            FEED),
    RACK_FEED_LOSS_LOAD(
            RACK,
            "feedLossLoad",
            RATIO,
            "Load of the surviving feed's breaker if the other feed were lost",
            "max over the window and the phases of (I_A + I_B) / min(rated_A, rated_B), held"),
    RACK_INLET(
            RACK,
            "inletMax",
            CELSIUS,
            "Hottest of the rack's intake sensors",
            "max over the sensors of the mean over the window, held"),
    RACK_INLET_MIN(
            RACK,
            "inletMin",
            CELSIUS,
            "Coldest of the rack's intake sensors",
            "min over the sensors of the mean over the window, held"),
    RACK_OUTLET(RACK, "outlet", CELSIUS, "Air behind the rack", "mean over the window, held"),
    RACK_HUMIDITY(RACK, "humidity", RATIO, "Relative humidity at the rack's intake", "mean over the window, held"),
    RACK_COMPLETENESS(
            RACK,
            "completeness",
            RATIO,
            "Part of the window for which the rack's power is known",
            "covered time / window length; not known of a rack that was never heard, for three report intervals from where it is expected"),
    RACK_PHASE_IMBALANCE(
            RACK,
            "phaseImbalance",
            RATIO,
            "How far the phase of one feed that is furthest from their mean is from it",
            "max|I − mean| / mean over three phases, I the mean current over the window, held; none where no current flows",
            FEED),
    RACK_BREAKER_HEADROOM(
            RACK,
            "breakerHeadroom",
            AMPERES,
            "What one feed's breaker has left within 80 %; negative beyond it",
            "min over the phases of 0.8 · I_rated − I, I the largest current of the window, held",
            FEED),
    RACK_FEED_LOSS_HEADROOM(
            RACK,
            "feedLossHeadroom",
            WATTS,
            "What the rack could draw more and still hold on one feed within 80 % of its breaker; negative where it could not hold now",
            "(0.8 · min(rated_A, rated_B) − max over the phases of I_A + I_B) · phases · V_LN, held; of a rack with one feed, that feed's own headroom"),
    RACK_REPORTING(
            RACK,
            "reporting",
            COUNT,
            "1 where the rack reports, whatever it says, else 0",
            "a reading in the window, or the last one holds at its end: three report intervals; not known of a rack that was never heard, for three report intervals from where it is expected"),
    RACK_FEED_LOST(
            RACK,
            "feedLost",
            COUNT,
            "1 where the rack reports and is without a feed that the site model gives it, else 0",
            "a reading is without the feed where the feed is silent, or carries less than 1 % of what the other does, while the rack draws 50 W or more from either; or where both are silent. 1 where all readings of the window that tell are, held; a rack that says that it draws less than 50 W tells nothing of its feeds",
            FEED),

    // Halls.
    HALL_IT_POWER(HALL, "itPower", WATTS, "Mean IT power of the hall", "sum over racks of the mean over covered time"),
    HALL_IT_POWER_MIN(
            HALL,
            "itPowerMin",
            WATTS,
            "Least IT power of the hall",
            "1 s: sum over racks of the least sample; longer: least 1 s mean"),
    HALL_IT_POWER_MAX(
            HALL,
            "itPowerMax",
            WATTS,
            "Largest IT power of the hall",
            "1 s: sum over racks of the largest sample; longer: largest 1 s mean"),
    HALL_IT_ENERGY(
            HALL,
            "itEnergy",
            MILLIWATT_HOURS,
            "IT energy of the hall, from registers",
            "sum over meters of E(end) − E(start), E interpolated in integers at the window's ends"),
    HALL_FEED_POWER(
            HALL, "feedPower", WATTS, "Mean power of one feed over all racks", "sum over racks of the mean", FEED),
    HALL_RACKS_EXPECTED(HALL, "racksExpected", COUNT, "Racks that the site model has in the hall", "count"),
    HALL_RACKS_REPORTING(
            HALL,
            "racksReporting",
            COUNT,
            "Racks that report",
            "count of racks with a reading in the window, or whose last reading holds at its end: three report intervals; not known where none does and some are awaited"),
    HALL_RACKS_SILENT(
            HALL,
            "racksSilent",
            COUNT,
            "Racks that do not report",
            "expected − reporting − awaited; awaited is a rack that was never heard, for three report intervals from where it is expected"),
    HALL_COMPLETENESS(
            HALL,
            "completeness",
            RATIO,
            "Part of the window, over all expected racks, for which power is known",
            "sum of covered time / (expected racks × window length); of a rack that reports while a feed of it is silent, power is not known"),
    HALL_FEED_LOAD_MAX(
            HALL,
            "feedLoadMax",
            RATIO,
            "Worst load of a rack feed's breaker",
            "max over racks, feeds and phases of I / I_rated",
            FEED),
    HALL_FEED_LOSS_LOAD_MAX(
            HALL,
            "feedLossLoadMax",
            RATIO,
            "Worst load of a surviving feed's breaker if the other were lost",
            "max over racks of the rack's feedLossLoad"),
    HALL_FEED_LOSS_RISK(
            HALL,
            "feedLossRiskRacks",
            COUNT,
            "Racks whose one feed could not carry both within 80 % of its breaker",
            "count of racks with feedLossLoad > 0.8; where less than 95 % of the racks with two feeds tell theirs, it is not known unless it is above 0"),
    HALL_INLET_MEAN(HALL, "inletMean", CELSIUS, "Mean intake temperature", "mean over racks of the hottest sensor"),
    HALL_INLET_P95(
            HALL,
            "inletP95",
            CELSIUS,
            "95th percentile of the racks' intake temperatures",
            "nearest rank over racks of the hottest sensor"),
    HALL_INLET_MAX(HALL, "inletMax", CELSIUS, "Hottest rack intake", "max over racks"),
    HALL_INLET_MIN(HALL, "inletMin", CELSIUS, "Coldest rack intake", "min over racks"),
    HALL_INLET_RECOMMENDED_EXCESS(
            HALL,
            "inletAboveRecommended",
            KELVIN,
            "How far the hottest intake is above the recommended limit of the hall's ASHRAE class; negative below it",
            "inletMax − recommended maximum (ASHRAE TC 9.9)"),
    HALL_INLET_ALLOWABLE_EXCESS(
            HALL,
            "inletAboveAllowable",
            KELVIN,
            "How far the hottest intake is above the allowable limit of the hall's ASHRAE class; negative below it",
            "inletMax − allowable maximum (ASHRAE TC 9.9)"),
    HALL_COOLING_POWER(
            HALL, "coolingPower", WATTS, "Electrical power of the hall's cooling units", "sum over units of the mean"),
    HALL_COOLING_ENERGY(
            HALL,
            "coolingEnergy",
            MILLIWATT_HOURS,
            "Electrical energy of the hall's cooling units, from registers",
            "as itEnergy"),
    HALL_COOLING_UNITS_EXPECTED(
            HALL, "coolingUnitsExpected", COUNT, "Cooling units that the site model has in the hall", "count"),
    HALL_COOLING_UNITS_RUNNING(
            HALL, "coolingUnitsRunning", COUNT, "Cooling units that say they run", "count of the last states"),
    HALL_COOLING_UNITS_FAILED(
            HALL, "coolingUnitsFailed", COUNT, "Cooling units that say they failed", "count of the last states"),
    HALL_COOLING_UNITS_SILENT(
            HALL,
            "coolingUnitsSilent",
            COUNT,
            "Cooling units that do not report",
            "expected − reporting − awaited, as racksSilent"),
    HALL_COOLING_UNIT_FAILED(
            HALL,
            "coolingUnitFailed",
            COUNT,
            "1 where the cooling unit's last state in the window is FAILED, else 0",
            "last state",
            UNIT),
    HALL_PARTIAL_PUE(
            HALL,
            "partialPue",
            RATIO,
            "The hall's own overhead",
            "(IT + the hall's cooling) / IT, energies from 1 min on, powers at 1 s (ISO/IEC 30134-2, pPUE); each side known for at least 95 %"),
    HALL_PHASE_POWER(
            HALL,
            "phasePower",
            WATTS,
            "Mean power of one phase of one feed over all racks",
            "feedPower, shared out by the phases' readings, held",
            FEED,
            PHASE),
    HALL_PHASE_IMBALANCE(
            HALL,
            "phaseImbalance",
            RATIO,
            "How far the phase of one feed that is furthest from their mean is from it, all racks together",
            "max|I − mean| / mean over three phases, I the sum over racks with three phases of the mean current, held",
            FEED),
    HALL_BREAKER_HEADROOM(
            HALL,
            "breakerHeadroom",
            AMPERES,
            "Least that a rack feed's breaker has left within 80 %; negative beyond it",
            "min over racks of the rack's breakerHeadroom",
            FEED),
    HALL_COOLING_DELTA(
            HALL,
            "coolingDelta",
            KELVIN,
            "By how much what comes back to a cooling unit is warmer than what it gives",
            "mean over the time with flow of return − supply, each reading holding for three report intervals",
            UNIT),
    HALL_THERMAL_POWER(
            HALL,
            "thermalPower",
            WATTS,
            "Heat that cooling takes out of the hall",
            "sum over CRAHs and CDUs (where there are none: over chillers, which carry the same heat on) of the mean of ρ · cp · flow · (return − supply), by the unit's fluid; flow 0 is 0 W; return colder than supply is a fault of sensors, not a value"),
    HALL_CER(
            HALL,
            "cer",
            RATIO,
            "Cooling efficiency: heat taken out for each unit of electricity of the cooling",
            "thermal energy / electrical energy of all cooling units (ISO/IEC 30134-7), energies from 1 min on, powers at 1 s, of units that know both; each side known for at least 95 %; none below 2 % of the rated flow"),
    HALL_COOLING_REDUNDANCY(
            HALL,
            "coolingRedundancy",
            RATIO,
            "Part of the IT load that cooling carries with its largest unit away; N+1 from 1 on",
            "min over room units (CRAHs, CDUs) and chillers of (rated capacity of units running or standing by − the largest of them) / itPower; where less than 95 % of the units are heard, or of the load known, it is not known unless it is below 1 even if all mute units ran"),
    HALL_RCI_HIGH(
            HALL,
            "rciHigh",
            RATIO,
            "Rack cooling index, high side: 1 where no intake is above the recommended range",
            "1 − Σ max(0, T − T_rec,max) / ((T_all,max − T_rec,max) · n), at least 0, T each rack's hottest intake (RCI_HI, Herrlin 2005; ASHRAE TC 9.9)"),
    HALL_RCI_LOW(
            HALL,
            "rciLow",
            RATIO,
            "Rack cooling index, low side: 1 where no intake is below the recommended range",
            "1 − Σ max(0, T_rec,min − T) / ((T_rec,min − T_all,min) · n), at least 0, T each rack's coldest intake (RCI_LO, Herrlin 2005; ASHRAE TC 9.9)"),
    HALL_RTI(
            HALL,
            "rti",
            RATIO,
            "Return temperature index: below 1 air bypasses the racks, above 1 it recirculates",
            "(return − supply of the CRAHs, weighted by flow) / (ΣP / Σ(P/ΔT) over racks, ΔT outlet − mean intake > 0) (Herrlin 2007); none where the racks' ΔT is at most 0.5 K"),
    HALL_WATER(
            HALL,
            "water",
            MILLILITRES,
            "Water that the hall's cooling took in, from registers",
            "sum over units with a water register of W(end) − W(start), as itEnergy"),
    HALL_RACK_HEADROOM(
            HALL,
            "rackHeadroom",
            WATTS,
            "What the hall's racks could draw more, each within its feeds",
            "sum over racks of max(0, feedLossHeadroom)"),
    HALL_POWER_HEADROOM(
            HALL,
            "powerHeadroom",
            WATTS,
            "What the hall's distribution could give more",
            "the site model's power capacity (default: design IT power) − itPower"),
    HALL_COOLING_HEADROOM(
            HALL,
            "coolingHeadroom",
            WATTS,
            "What the hall's cooling could carry more with its largest unit away",
            "min over room units and chillers of (rated capacity of units running or standing by − the largest of them) − itPower"),
    HALL_USABLE_HEADROOM(
            HALL,
            "usableHeadroom",
            WATTS,
            "IT power that the hall could take more",
            "max(0, min(rackHeadroom, powerHeadroom, coolingHeadroom)), of this window's load, not of a month's"),
    HALL_STRANDED(
            HALL,
            "stranded",
            WATTS,
            "Headroom that cannot be used because another constraint binds first",
            "max(0, the constraint's headroom) − usableHeadroom",
            CONSTRAINT),
    HALL_BINDING(
            HALL,
            "binding",
            COUNT,
            "1 for the constraint that binds first, else 0",
            "the least of rackHeadroom, powerHeadroom, coolingHeadroom; of equal ones the first in this order",
            CONSTRAINT),
    HALL_COOLING_COMPLETENESS(
            HALL,
            "coolingCompleteness",
            RATIO,
            "Part of the window, over all cooling units, for which electrical power is known",
            "sum of covered time / (units × window length); a unit of which less than half is known adds nothing, to coolingPower neither"),
    HALL_IT_ENERGY_COMPLETENESS(
            HALL,
            "itEnergyCompleteness",
            RATIO,
            "Part of the hall's IT meters whose energy is known for the whole window",
            "complete meters / expected meters; itEnergy is known from 0.95 on"),
    HALL_COOLING_ENERGY_COMPLETENESS(
            HALL,
            "coolingEnergyCompleteness",
            RATIO,
            "Part of the hall's cooling meters whose energy is known for the whole window",
            "as itEnergyCompleteness"),
    HALL_WATER_COMPLETENESS(
            HALL,
            "waterCompleteness",
            RATIO,
            "Part of the hall's water meters whose water is known for the whole window",
            "as itEnergyCompleteness"),
    HALL_FEED_LOST_RACKS(
            HALL,
            "feedLostRacks",
            COUNT,
            "Racks that report and are without a feed that the site model gives them",
            "count of racks with feedLost = 1; not known where none tells",
            FEED),
    HALL_FEED_LOST(
            HALL,
            "feedLost",
            RATIO,
            "Part of the racks on a feed that are without it, of those that tell",
            "racks with feedLost = 1 / racks with feedLost = 0 or 1",
            FEED),

    // Site.
    SITE_FACILITY_POWER(
            SITE,
            "facilityPower",
            WATTS,
            "What the site's own meters say comes in",
            "grid import + on-site generation + battery discharge − charge − export; without a grid meter: sum of the loads"),
    SITE_IT_POWER(SITE, "itPower", WATTS, "Mean IT power of all halls", "sum over halls"),
    SITE_COOLING_POWER(SITE, "coolingPower", WATTS, "Electrical power of all cooling", "sum over halls"),
    SITE_OTHER_POWER(
            SITE,
            "otherPower",
            WATTS,
            "What IT and cooling do not explain: losses, lights, offices",
            "facility − IT − cooling, each known for at least 95 %; negative is a fault of the meters"),
    SITE_POWER_RATIO(
            SITE,
            "power",
            RATIO,
            "Facility power over IT power now; never a PUE, never averaged",
            "facilityPower / itPower of one closed window, each side known for at least 95 %; without a grid meter over the halls that know both IT and cooling"),
    SITE_PUE(
            SITE,
            "pue",
            RATIO,
            "Interim power usage effectiveness of the period",
            "facility energy / IT energy of the window, 1 min and longer (ISO/IEC 30134-2), each side known for at least 95 %; without a grid meter over the halls that know both IT and cooling"),
    SITE_IT_ENERGY(SITE, "itEnergy", MILLIWATT_HOURS, "IT energy of all halls", "sum over halls"),
    SITE_FACILITY_ENERGY(
            SITE, "facilityEnergy", MILLIWATT_HOURS, "Energy that came in", "as facilityPower, from registers"),
    SITE_SUPPLY_POWER(
            SITE,
            "supplyPower",
            WATTS,
            "Power of one supply source, + towards the site",
            "mean over the window",
            SOURCE),
    SITE_SUPPLY_ENERGY(
            SITE,
            "supplyEnergy",
            MILLIWATT_HOURS,
            "Energy that one supply source gave to the site, less what it took",
            "delivered − drawn, from registers or intervals",
            SOURCE),
    SITE_RENEWABLE_POWER(
            SITE,
            "renewablePower",
            WATTS,
            "Power of all sources that the site model calls renewable, contractual ones too",
            "sum over those sources"),
    SITE_RENEWABLE_SHARE(
            SITE,
            "renewableShare",
            RATIO,
            "Part of the facility's power that renewable supply of the same window covers",
            "min(renewable, facility) / facility, each known for at least 95 %"),
    SITE_GRID_IMPORT(SITE, "gridImport", WATTS, "Import from the grid; negative is export", "mean over the window"),
    SITE_CARBON_RATE(
            SITE,
            "carbon",
            GRAMS_PER_SECOND,
            "Carbon of the supply that is not matched by renewables",
            "max(0, facility − renewable) × grid intensity / 3.6e6"),
    SITE_CARBON_INTENSITY(
            SITE,
            "gridCarbonIntensity",
            GRAMS_PER_KILOWATT_HOUR,
            "Carbon intensity of the grid",
            "metered, else the site model's factor"),
    SITE_RACKS_EXPECTED(SITE, "racksExpected", COUNT, "Racks that the site model has", "sum over halls"),
    SITE_RACKS_REPORTING(
            SITE,
            "racksReporting",
            COUNT,
            "Racks that report",
            "sum over halls; not known where none reports and some hall does not know"),
    SITE_COMPLETENESS(
            SITE,
            "completeness",
            RATIO,
            "Part of the window, over all expected racks, for which power is known",
            "mean over halls, weighted by racks"),
    SITE_THERMAL_POWER(SITE, "thermalPower", WATTS, "Heat that cooling takes out of all halls", "sum over halls"),
    SITE_WATER(
            SITE, "water", MILLILITRES, "Water that cooling took in, from registers", "sum over halls that meter it"),
    SITE_WUE(
            SITE,
            "wue",
            LITRES_PER_KILOWATT_HOUR,
            "Interim water usage effectiveness of the period",
            "water / IT energy of the window, 1 min and longer (ISO/IEC 30134-9, the water that cooling meters), over the halls that know both, each side for at least 95 %"),
    SITE_CUE(
            SITE,
            "cue",
            GRAMS_PER_KILOWATT_HOUR,
            "Interim carbon usage effectiveness of the period, by location",
            "facility energy × mean intensity of what came in / IT energy of the window, 1 min and longer (ISO/IEC 30134-8); what came in: physical sources that delivered, each at its factor, batteries at the grid's, whose metered intensity goes before its factor; agreements change nothing in it; each side as that of the PUE"),
    SITE_REF(
            SITE,
            "ref",
            RATIO,
            "Interim renewable energy factor of the period; annual figures are the ledger's",
            "min(1, energy of sources that the site model calls renewable / facility energy) of the window, 1 min and longer (ISO/IEC 30134-3), each known for at least 95 %");

    /** Parts of a whole, and those that are 0 or 1. */
    private static final Set<Metric> SHARES = EnumSet.of(
            RACK_HUMIDITY,
            RACK_COMPLETENESS,
            RACK_REPORTING,
            RACK_FEED_LOST,
            HALL_COMPLETENESS,
            HALL_COOLING_UNIT_FAILED,
            HALL_FEED_LOST,
            HALL_RCI_HIGH,
            HALL_RCI_LOW,
            HALL_BINDING,
            HALL_COOLING_COMPLETENESS,
            HALL_IT_ENERGY_COMPLETENESS,
            HALL_COOLING_ENERGY_COMPLETENESS,
            HALL_WATER_COMPLETENESS,
            SITE_RENEWABLE_SHARE,
            SITE_COMPLETENESS,
            SITE_REF);

    private static final Set<Metric> NEVER_NEGATIVE = EnumSet.of(
            RACK_FEED_LOAD,
            RACK_FEED_LOSS_LOAD,
            RACK_HUMIDITY,
            RACK_COMPLETENESS,
            RACK_PHASE_IMBALANCE,
            HALL_COMPLETENESS,
            HALL_FEED_LOAD_MAX,
            HALL_FEED_LOSS_LOAD_MAX,
            HALL_PHASE_IMBALANCE,
            HALL_RCI_HIGH,
            HALL_RCI_LOW,
            HALL_COOLING_COMPLETENESS,
            HALL_IT_ENERGY_COMPLETENESS,
            HALL_COOLING_ENERGY_COMPLETENESS,
            HALL_WATER_COMPLETENESS,
            HALL_FEED_LOST,
            SITE_COMPLETENESS);

    /** Settled between the register readings around a window's ends: known for minutes and longer. */
    private static final Set<Metric> OF_PERIODS = EnumSet.of(
            HALL_IT_ENERGY,
            HALL_COOLING_ENERGY,
            HALL_WATER,
            HALL_IT_ENERGY_COMPLETENESS,
            HALL_COOLING_ENERGY_COMPLETENESS,
            HALL_WATER_COMPLETENESS,
            SITE_PUE,
            SITE_IT_ENERGY,
            SITE_FACILITY_ENERGY,
            SITE_SUPPLY_ENERGY,
            SITE_WATER,
            SITE_WUE,
            SITE_CUE,
            SITE_REF);

    private static final Map<String, Metric> BY_PROMETHEUS_NAME = new HashMap<>();

    private static final Map<Scope, Map<String, Metric>> BY_FIELD = new EnumMap<>(Scope.class);

    static {
        for (Metric metric : values()) {
            BY_FIELD.computeIfAbsent(metric.scope(), scope -> new HashMap<>()).put(metric.field(), metric);
            BY_PROMETHEUS_NAME.put(metric.prometheusName(), metric);
        }
    }

    private final Scope scope;
    private final String stem;
    private final Unit unit;
    private final String help;
    private final String formula;
    private final List<Dimension> dimensions;

    Metric(Scope scope, String stem, Unit unit, String help, String formula, Dimension... dimensions) {
        this.scope = scope;
        this.stem = stem;
        this.unit = unit;
        this.help = help;
        this.formula = formula;
        this.dimensions = List.of(dimensions);
    }

    public Scope scope() {
        return scope;
    }

    public Unit unit() {
        return unit;
    }

    /** One sentence without a full stop, for HELP lines and documentation. */
    public String help() {
        return help;
    }

    /** How it is computed, with the source where a standard defines it. */
    public String formula() {
        return formula;
    }

    public List<Dimension> dimensions() {
        return dimensions;
    }

    /** The windows that it exists for. Racks have no quarters, periods have no seconds, and what is only of now nothing else. */
    public Set<Resolution> resolutions() {
        if (this == SITE_POWER_RATIO) {
            return EnumSet.of(Resolution.SECOND);
        }
        if (scope == RACK) {
            return EnumSet.of(Resolution.SECOND, Resolution.MINUTE);
        }
        return OF_PERIODS.contains(this)
                ? EnumSet.of(Resolution.MINUTE, Resolution.QUARTER)
                : EnumSet.of(Resolution.SECOND, Resolution.MINUTE, Resolution.QUARTER);
    }

    /** Least that it can come to; −∞ where nothing says so. */
    public double least() {
        return unit == COUNT || NEVER_NEGATIVE.contains(this) ? 0 : Double.NEGATIVE_INFINITY;
    }

    /** Most that it can come to; ∞ where nothing says so. */
    public double most() {
        if (this == RACK_PHASE_IMBALANCE || this == HALL_PHASE_IMBALANCE) {
            return 2; // all current on one of three phases
        }
        return SHARES.contains(this) ? 1 : Double.POSITIVE_INFINITY;
    }

    /** The name in records, with its unit: {@code itPowerWatts}. */
    public String field() {
        return stem + unit.fieldSuffix();
    }

    /** The name for Prometheus and in rules, in base units: {@code hallwatt_hall_it_power_watts}. */
    public String prometheusName() {
        String name = "hallwatt_" + scope.text() + "_" + snake(stem);
        return unit.prometheusSuffix().isEmpty() ? name : name + "_" + unit.prometheusSuffix();
    }

    /** The metric of a scope whose field in records is so called. */
    public static Optional<Metric> inRecord(Scope scope, String field) {
        return Optional.ofNullable(BY_FIELD.getOrDefault(scope, Map.of()).get(field));
    }

    /** The metric that Prometheus and rules call so. */
    public static Optional<Metric> named(String prometheusName) {
        return Optional.ofNullable(BY_PROMETHEUS_NAME.get(prometheusName));
    }

    private static String snake(String camel) {
        StringBuilder text = new StringBuilder();
        for (char c : camel.toCharArray()) {
            if (Character.isUpperCase(c)) {
                text.append('_').append(Character.toLowerCase(c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
