package io.hallwatt.contract.wire;

import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.SourceId;
import io.hallwatt.contract.SupplyReading;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;

/** A supply reading: each component under its own name, absent ones left out. */
final class SupplyReadingCodec extends ReadingCodec<SupplyReading> {
    private static final IdCache<SourceId> SOURCES = new IdCache<>(SourceId::new);

    private static final byte[] SITE = JsonBytes.name("site");
    private static final byte[] SOURCE = JsonBytes.name("source");
    private static final byte[] AT = JsonBytes.name("at");
    private static final byte[] SEQUENCE = JsonBytes.name("sequence");
    private static final byte[] WATTS = JsonBytes.name("watts");
    private static final byte[] DELIVERED_REGISTER_MILLIWATT_HOURS = JsonBytes.name("deliveredRegisterMilliwattHours");
    private static final byte[] DRAWN_REGISTER_MILLIWATT_HOURS = JsonBytes.name("drawnRegisterMilliwattHours");
    private static final byte[] AVAILABILITY_RATIO = JsonBytes.name("availabilityRatio");
    private static final byte[] STATE_OF_CHARGE_RATIO = JsonBytes.name("stateOfChargeRatio");
    private static final byte[] CARBON_GRAMS_PER_KILOWATT_HOUR = JsonBytes.name("carbonGramsPerKilowattHour");
    private static final byte[] INTERVAL = JsonBytes.name("interval");

    @Override
    void write(SupplyReading reading, JsonBytes out) {
        out.raw('{');
        out.field(SITE).text(reading.site().text());
        out.field(SOURCE).text(reading.source().text());
        out.field(AT).time(reading.at().toEpochMilli());
        out.field(SEQUENCE).number(reading.sequence());
        writeNumber(WATTS, reading.watts(), out);
        writeWhole(DELIVERED_REGISTER_MILLIWATT_HOURS, reading.deliveredRegisterMilliwattHours(), out);
        writeWhole(DRAWN_REGISTER_MILLIWATT_HOURS, reading.drawnRegisterMilliwattHours(), out);
        writeNumber(AVAILABILITY_RATIO, reading.availabilityRatio(), out);
        writeNumber(STATE_OF_CHARGE_RATIO, reading.stateOfChargeRatio(), out);
        writeNumber(CARBON_GRAMS_PER_KILOWATT_HOUR, reading.carbonGramsPerKilowattHour(), out);
        writeInterval(INTERVAL, reading.interval(), out);
        out.raw('}');
    }

    @Override
    SupplyReading read(JsonCursor in) throws IOException, Malformed {
        SiteId site = null;
        SourceId source = null;
        Instant at = null;
        Long sequence = null;
        Double watts = null;
        Long deliveredRegisterMilliwattHours = null;
        Long drawnRegisterMilliwattHours = null;
        Double availabilityRatio = null;
        Double stateOfChargeRatio = null;
        Double carbonGramsPerKilowattHour = null;
        IntervalEnergy interval = null;
        int seen = 0;
        Set<String> others = null;
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "site" -> {
                    seen = in.once(seen, 0);
                    site = in.id(SITES);
                }
                case "source" -> {
                    seen = in.once(seen, 1);
                    source = in.id(SOURCES);
                }
                case "at" -> {
                    seen = in.once(seen, 2);
                    at = in.time();
                }
                case "sequence" -> {
                    seen = in.once(seen, 3);
                    sequence = in.whole();
                }
                case "watts" -> {
                    seen = in.once(seen, 4);
                    watts = in.number();
                }
                case "deliveredRegisterMilliwattHours" -> {
                    seen = in.once(seen, 5);
                    deliveredRegisterMilliwattHours = in.whole();
                }
                case "drawnRegisterMilliwattHours" -> {
                    seen = in.once(seen, 6);
                    drawnRegisterMilliwattHours = in.whole();
                }
                case "availabilityRatio" -> {
                    seen = in.once(seen, 7);
                    availabilityRatio = in.number();
                }
                case "stateOfChargeRatio" -> {
                    seen = in.once(seen, 8);
                    stateOfChargeRatio = in.number();
                }
                case "carbonGramsPerKilowattHour" -> {
                    seen = in.once(seen, 9);
                    carbonGramsPerKilowattHour = in.number();
                }
                case "interval" -> {
                    seen = in.once(seen, 10);
                    interval = readInterval(in);
                }
                default -> others = in.skip(others);
            }
        }
        return new SupplyReading(
                in.required(site, "site"),
                in.required(source, "source"),
                in.required(at, "at"),
                in.required(sequence, "sequence"),
                watts,
                deliveredRegisterMilliwattHours,
                drawnRegisterMilliwattHours,
                availabilityRatio,
                stateOfChargeRatio,
                carbonGramsPerKilowattHour,
                interval);
    }
}
