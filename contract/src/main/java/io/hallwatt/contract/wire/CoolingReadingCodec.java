package io.hallwatt.contract.wire;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.UnitId;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cooling reading: each component under its own name, absent ones left out. */
final class CoolingReadingCodec extends ReadingCodec<CoolingReading> {
    private static final IdCache<UnitId> UNITS = new IdCache<>(UnitId::new);

    private static final byte[] SITE = JsonBytes.name("site");
    private static final byte[] HALL = JsonBytes.name("hall");
    private static final byte[] UNIT = JsonBytes.name("unit");
    private static final byte[] AT = JsonBytes.name("at");
    private static final byte[] SEQUENCE = JsonBytes.name("sequence");
    private static final byte[] ELECTRICAL_WATTS = JsonBytes.name("electricalWatts");
    private static final byte[] REGISTER_MILLIWATT_HOURS = JsonBytes.name("registerMilliwattHours");
    private static final byte[] SUPPLY_CELSIUS = JsonBytes.name("supplyCelsius");
    private static final byte[] RETURN_CELSIUS = JsonBytes.name("returnCelsius");
    private static final byte[] FLOW_LITRES_PER_SECOND = JsonBytes.name("flowLitresPerSecond");
    private static final byte[] SPEED_RATIO = JsonBytes.name("speedRatio");
    private static final byte[] WATER_REGISTER_MILLILITRES = JsonBytes.name("waterRegisterMillilitres");
    private static final byte[] STATE = JsonBytes.name("state");
    private static final byte[] INTERVAL = JsonBytes.name("interval");

    @Override
    void write(CoolingReading reading, JsonBytes out) {
        out.raw('{');
        out.field(SITE).text(reading.site().text());
        out.field(HALL).text(reading.hall().text());
        out.field(UNIT).text(reading.unit().text());
        out.field(AT).time(reading.at().toEpochMilli());
        out.field(SEQUENCE).number(reading.sequence());
        writeNumber(ELECTRICAL_WATTS, reading.electricalWatts(), out);
        writeWhole(REGISTER_MILLIWATT_HOURS, reading.registerMilliwattHours(), out);
        writeNumber(SUPPLY_CELSIUS, reading.supplyCelsius(), out);
        writeNumber(RETURN_CELSIUS, reading.returnCelsius(), out);
        writeNumber(FLOW_LITRES_PER_SECOND, reading.flowLitresPerSecond(), out);
        writeNumber(SPEED_RATIO, reading.speedRatio(), out);
        writeWhole(WATER_REGISTER_MILLILITRES, reading.waterRegisterMillilitres(), out);
        CoolingState state = reading.state();
        if (state != null) {
            out.field(STATE).text(state.name());
        }
        writeInterval(INTERVAL, reading.interval(), out);
        out.raw('}');
    }

    @Override
    CoolingReading read(JsonCursor in) throws IOException, Malformed {
        SiteId site = null;
        HallId hall = null;
        UnitId unit = null;
        Instant at = null;
        Long sequence = null;
        Double electricalWatts = null;
        Long registerMilliwattHours = null;
        Double supplyCelsius = null;
        Double returnCelsius = null;
        Double flowLitresPerSecond = null;
        Double speedRatio = null;
        Long waterRegisterMillilitres = null;
        CoolingState state = null;
        IntervalEnergy interval = null;
        int seen = 0;
        Set<String> others = null;
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "site" -> {
                    seen = in.once(seen, 0);
                    site = in.id(SITES);
                }
                case "hall" -> {
                    seen = in.once(seen, 1);
                    hall = in.id(HALLS);
                }
                case "unit" -> {
                    seen = in.once(seen, 2);
                    unit = in.id(UNITS);
                }
                case "at" -> {
                    seen = in.once(seen, 3);
                    at = in.time();
                }
                case "sequence" -> {
                    seen = in.once(seen, 4);
                    sequence = in.whole();
                }
                case "electricalWatts" -> {
                    seen = in.once(seen, 5);
                    electricalWatts = in.number();
                }
                case "registerMilliwattHours" -> {
                    seen = in.once(seen, 6);
                    registerMilliwattHours = in.whole();
                }
                case "supplyCelsius" -> {
                    seen = in.once(seen, 7);
                    supplyCelsius = in.number();
                }
                case "returnCelsius" -> {
                    seen = in.once(seen, 8);
                    returnCelsius = in.number();
                }
                case "flowLitresPerSecond" -> {
                    seen = in.once(seen, 9);
                    flowLitresPerSecond = in.number();
                }
                case "speedRatio" -> {
                    seen = in.once(seen, 10);
                    speedRatio = in.number();
                }
                case "waterRegisterMillilitres" -> {
                    seen = in.once(seen, 11);
                    waterRegisterMillilitres = in.whole();
                }
                case "state" -> {
                    seen = in.once(seen, 12);
                    state = state(in.text());
                }
                case "interval" -> {
                    seen = in.once(seen, 13);
                    interval = readInterval(in);
                }
                default -> others = in.skip(others);
            }
        }
        return new CoolingReading(
                in.required(site, "site"),
                in.required(hall, "hall"),
                in.required(unit, "unit"),
                in.required(at, "at"),
                in.required(sequence, "sequence"),
                electricalWatts,
                registerMilliwattHours,
                supplyCelsius,
                returnCelsius,
                flowLitresPerSecond,
                speedRatio,
                waterRegisterMillilitres,
                state,
                interval);
    }

    /** A state that this version does not know is as good as none: the rest of the reading still counts. */
    private static @Nullable CoolingState state(@Nullable String text) {
        for (CoolingState state : CoolingState.values()) {
            if (state.name().equals(text)) {
                return state;
            }
        }
        return null;
    }
}
