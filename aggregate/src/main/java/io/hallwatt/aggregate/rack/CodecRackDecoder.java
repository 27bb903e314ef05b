package io.hallwatt.aggregate.rack;

import io.hallwatt.contract.FeedReading;
import io.hallwatt.contract.InletTemperatures;
import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads by the contract's codec, through the record. */
public final class CodecRackDecoder implements RackDecoder {
    @Override
    public void decode(byte[] bytes, int from, int to, RackReport report) throws Malformed {
        fill(Codecs.RACK_READING.read(Arrays.copyOfRange(bytes, from, to)), report);
    }

    static void fill(RackReading reading, RackReport report) {
        report.clear();
        report.site = reading.site().text();
        report.hall = reading.hall().text();
        report.rack = reading.rack().text();
        report.at = reading.at().toEpochMilli();
        report.sequence = reading.sequence();
        feed(reading.feedA(), 0, report);
        feed(reading.feedB(), 1, report);
        InletTemperatures inlet = reading.inlet();
        if (inlet != null) {
            report.inlet[0] = thousandths(inlet.topCelsius());
            report.inlet[1] = thousandths(inlet.middleCelsius());
            report.inlet[2] = thousandths(inlet.bottomCelsius());
        }
        report.outlet = thousandths(reading.outletCelsius());
        report.humidity = thousandths(reading.humidityPercent());
        IntervalEnergy interval = reading.interval();
        if (interval != null) {
            report.intervalStart = interval.start().toEpochMilli();
            report.intervalMilliwattHours = interval.milliwattHours();
        }
    }

    private static void feed(@Nullable FeedReading feed, int number, RackReport report) {
        if (feed == null) {
            return;
        }
        report.feedMilliwatts[number] = thousandths(feed.powerWatts());
        Long register = feed.registerMilliwattHours();
        report.feedRegister[number] = register == null ? RackReport.ABSENT : register;
        int phases = Math.min(3, feed.phases().size());
        for (int phase = 0; phase < phases; phase++) {
            report.milliamps[number * 3 + phase] =
                    thousandths(feed.phases().get(phase).amps());
            report.phaseMilliwatts[number * 3 + phase] =
                    thousandths(feed.phases().get(phase).watts());
        }
    }

    private static long thousandths(@Nullable Double value) {
        return value == null ? RackReport.ABSENT : Math.round(value * 1000);
    }
}
