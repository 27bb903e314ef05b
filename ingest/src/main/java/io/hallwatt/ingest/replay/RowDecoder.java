package io.hallwatt.ingest.replay;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.Ids;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.PhaseReading;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.UnitId;
import io.hallwatt.contract.wire.Malformed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A row's values → its readings, all or none. */
final class RowDecoder {
    private final SiteId site;
    private final Mapping.Shape shape;
    private final List<ReadingMapping> readings;

    RowDecoder(SiteId site, Mapping mapping) {
        this.site = site;
        this.shape = mapping.shape();
        this.readings = mapping.meaning().readings();
    }

    /** A reading that has no number yet: numbers follow the order of all files' rows. */
    record Draft(String device, LongFunction<Reading> numbered) {}

    /** @throws Malformed why the row, as a whole, is refused */
    List<Draft> decode(Cells cells, Instant at, @Nullable Instant start) throws Malformed {
        List<Draft> drafts = new ArrayList<>(readings.size());
        for (ReadingMapping reading : readings) {
            Values values = new Values(cells, reading, shape.decimalComma(), at, start);
            drafts.add(
                    switch (reading.kind()) {
                        case RACK -> rack(values);
                        case UNIT -> unit(values);
                        case SOURCE -> source(values);
                    });
        }
        return drafts;
    }

    private Draft rack(Values values) throws Malformed {
        HallId hall = new HallId(values.hall());
        RackId rack = new RackId(values.device());
        FeedReading feedA = values.feed("feed-a");
        FeedReading feedB = values.feed("feed-b");
        InletTemperatures inlet = values.inlet();
        Double outlet = values.number("outlet");
        Double humidity = values.percent("humidity");
        IntervalEnergy energy = values.energy();
        return new Draft(
                hall + "/" + rack,
                sequence -> new RackReading(
                        site, hall, rack, values.at(), sequence, feedA, feedB, inlet, outlet, humidity, energy));
    }

    private Draft unit(Values values) throws Malformed {
        HallId hall = new HallId(values.hall());
        UnitId unit = new UnitId(values.device());
        Double power = values.number("power");
        Long register = values.whole("register");
        Double supply = values.number("supply");
        Double back = values.number("return");
        Double flow = values.number("flow");
        Double speed = values.number("speed");
        Long water = values.whole("water-register");
        CoolingState state = values.state();
        IntervalEnergy energy = values.energy();
        return new Draft(
                hall + "/" + unit,
                sequence -> new CoolingReading(
                        site,
                        hall,
                        unit,
                        values.at(),
                        sequence,
                        power,
                        register,
                        supply,
                        back,
                        flow,
                        speed,
                        water,
                        state,
                        energy));
    }

    private Draft source(Values values) throws Malformed {
        SourceId source = new SourceId(values.device());
        Double power = values.number("power");
        Long delivered = values.whole("delivered-register");
        Long drawn = values.whole("drawn-register");
        Double availability = values.number("availability");
        Double charge = values.number("state-of-charge");
        Double carbon = values.number("carbon");
        IntervalEnergy energy = values.energy();
        return new Draft(
                source.text(),
                sequence -> new SupplyReading(
                        site,
                        source,
                        values.at(),
                        sequence,
                        power,
                        delivered,
                        drawn,
                        availability,
                        charge,
                        carbon,
                        energy));
    }

    /** The quantities of one reading in one row. */
    private record Values(
            Cells cells,
            ReadingMapping mapping,
            boolean decimalComma,
            Instant at,
            @Nullable Instant start) {
        String hall() throws Malformed {
            return mapping.hall() == null ? "" : id(mapping.hall());
        }

        String device() throws Malformed {
            return id(mapping.device());
        }

        private String id(ReadingMapping.Id id) throws Malformed {
            return switch (id) {
                case ReadingMapping.Id.Constant constant -> constant.text();
                case ReadingMapping.Id.Column column -> {
                    String text = cells.get(column.name());
                    if (text == null) {
                        throw new Malformed(
                                RejectCode.MISSING_VALUE,
                                "%s, which names the device, is empty".formatted(column.name()));
                    }
                    if (!Ids.valid(text)) {
                        throw new Malformed(
                                RejectCode.BAD_ID,
                                "%s \"%s\" is no id: %s".formatted(column.name(), Shown.cut(text), Ids.RULE));
                    }
                    yield text;
                }
            };
        }

        @Nullable
        Double number(String name) throws Malformed {
            Quantity quantity = mapping.quantities().get(name);
            return quantity == null ? null : quantity.number(cells, decimalComma);
        }

        @Nullable
        Double percent(String name) throws Malformed {
            Double ratio = number(name);
            return ratio == null ? null : ratio * 100;
        }

        @Nullable
        Long whole(String name) throws Malformed {
            Quantity quantity = mapping.quantities().get(name);
            return quantity == null ? null : quantity.whole(cells, decimalComma);
        }

        @Nullable
        IntervalEnergy energy() throws Malformed {
            Quantity quantity = mapping.quantities().get(DeviceKind.ENERGY);
            if (quantity == null || start == null) {
                return null;
            }
            Long energy = quantity.energy(cells, decimalComma, at.toEpochMilli() - start.toEpochMilli());
            return energy == null ? null : new IntervalEnergy(start, energy);
        }

        @Nullable
        FeedReading feed(String feed) throws Malformed {
            Long register = whole(feed + "-register");
            Double watts = number(feed + "-power");
            List<PhaseReading> phases = new ArrayList<>();
            for (String phase : DeviceKind.PHASES) {
                Double volts = number(feed + "-" + phase + "-volts");
                Double amps = number(feed + "-" + phase + "-amps");
                Double power = number(feed + "-" + phase + "-power");
                if (volts == null || amps == null || power == null) {
                    break;
                }
                phases.add(new PhaseReading(volts, amps, power));
            }
            return register == null && watts == null && phases.isEmpty()
                    ? null
                    : new FeedReading(register, watts, phases);
        }

        @Nullable
        InletTemperatures inlet() throws Malformed {
            Double top = number("inlet-top");
            Double middle = number("inlet-middle");
            Double bottom = number("inlet-bottom");
            return top == null && middle == null && bottom == null ? null : new InletTemperatures(top, middle, bottom);
        }

        @Nullable
        CoolingState state() throws Malformed {
            String column = mapping.stateColumn();
            String text = column == null ? null : cells.get(column);
            if (text == null) {
                return null;
            }
            for (CoolingState state : CoolingState.values()) {
                if (state.name().equals(text.toUpperCase(Locale.ROOT))) {
                    return state;
                }
            }
            throw new Malformed(
                    RejectCode.MALFORMED,
                    "%s is \"%s\", none of running, standby, off, failed".formatted(column, Shown.cut(text)));
        }
    }
}
