package io.hallwatt.contract.wire;

import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.HallId;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.SiteId;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"site":"tetouan","hall":"h01","rack":"r001","at":"2026-01-15T12:00:00.250Z","sequence":7,"feedA":{…},"feedB":{…},
 * "inlet":{"topCelsius":24.5},"outletCelsius":35.5,"humidityPercent":45,"interval":{"start":"…","milliwattHours":1}}}; feeds as in {@link FeedJson}.
 */
final class RackReadingCodec extends ReadingCodec<RackReading> {
    private static final IdCache<RackId> RACKS = new IdCache<>(RackId::new);

    private static final byte[] SITE = JsonBytes.name("site");
    private static final byte[] HALL = JsonBytes.name("hall");
    private static final byte[] RACK = JsonBytes.name("rack");
    private static final byte[] AT = JsonBytes.name("at");
    private static final byte[] SEQUENCE = JsonBytes.name("sequence");
    private static final byte[] FEED_A = JsonBytes.name("feedA");
    private static final byte[] FEED_B = JsonBytes.name("feedB");
    private static final byte[] INLET = JsonBytes.name("inlet");
    private static final byte[] TOP = JsonBytes.name("topCelsius");
    private static final byte[] MIDDLE = JsonBytes.name("middleCelsius");
    private static final byte[] BOTTOM = JsonBytes.name("bottomCelsius");
    private static final byte[] OUTLET = JsonBytes.name("outletCelsius");
    private static final byte[] HUMIDITY = JsonBytes.name("humidityPercent");
    private static final byte[] INTERVAL = JsonBytes.name("interval");

    @Override
    void write(RackReading reading, JsonBytes out) {
        out.raw('{');
        out.field(SITE).text(reading.site().text());
        out.field(HALL).text(reading.hall().text());
        out.field(RACK).text(reading.rack().text());
        out.field(AT).time(reading.at().toEpochMilli());
        out.field(SEQUENCE).number(reading.sequence());
        FeedJson.write(FEED_A, reading.feedA(), out);
        FeedJson.write(FEED_B, reading.feedB(), out);
        InletTemperatures inlet = reading.inlet();
        if (inlet != null) {
            out.field(INLET).raw('{');
            writeNumber(TOP, inlet.topCelsius(), out);
            writeNumber(MIDDLE, inlet.middleCelsius(), out);
            writeNumber(BOTTOM, inlet.bottomCelsius(), out);
            out.raw('}');
        }
        writeNumber(OUTLET, reading.outletCelsius(), out);
        writeNumber(HUMIDITY, reading.humidityPercent(), out);
        writeInterval(INTERVAL, reading.interval(), out);
        out.raw('}');
    }

    @Override
    RackReading read(JsonCursor in) throws IOException, Malformed {
        SiteId site = null;
        HallId hall = null;
        RackId rack = null;
        Instant at = null;
        Long sequence = null;
        FeedReading feedA = null;
        FeedReading feedB = null;
        InletTemperatures inlet = null;
        Double outlet = null;
        Double humidity = null;
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
                case "rack" -> {
                    seen = in.once(seen, 2);
                    rack = in.id(RACKS);
                }
                case "at" -> {
                    seen = in.once(seen, 3);
                    at = in.time();
                }
                case "sequence" -> {
                    seen = in.once(seen, 4);
                    sequence = in.whole();
                }
                case "feedA" -> {
                    seen = in.once(seen, 5);
                    feedA = FeedJson.read(in);
                }
                case "feedB" -> {
                    seen = in.once(seen, 6);
                    feedB = FeedJson.read(in);
                }
                case "inlet" -> {
                    seen = in.once(seen, 7);
                    inlet = readInlet(in);
                }
                case "outletCelsius" -> {
                    seen = in.once(seen, 8);
                    outlet = in.number();
                }
                case "humidityPercent" -> {
                    seen = in.once(seen, 9);
                    humidity = in.number();
                }
                case "interval" -> {
                    seen = in.once(seen, 10);
                    interval = readInterval(in);
                }
                default -> others = in.skip(others);
            }
        }
        return new RackReading(
                in.required(site, "site"),
                in.required(hall, "hall"),
                in.required(rack, "rack"),
                in.required(at, "at"),
                in.required(sequence, "sequence"),
                feedA,
                feedB,
                inlet,
                outlet,
                humidity,
                interval);
    }

    private static @Nullable InletTemperatures readInlet(JsonCursor in) throws IOException, Malformed {
        if (!in.object()) {
            return null;
        }
        Double top = null;
        Double middle = null;
        Double bottom = null;
        int seen = 0;
        Set<String> others = null;
        for (String field = in.field(); field != null; field = in.field()) {
            switch (field) {
                case "topCelsius" -> {
                    seen = in.once(seen, 0);
                    top = in.number();
                }
                case "middleCelsius" -> {
                    seen = in.once(seen, 1);
                    middle = in.number();
                }
                case "bottomCelsius" -> {
                    seen = in.once(seen, 2);
                    bottom = in.number();
                }
                default -> others = in.skip(others);
            }
        }
        return new InletTemperatures(top, middle, bottom);
    }
}
