package io.hallwatt.aggregate.hall;

import io.hallwatt.contract.CoolingReading;
import io.hallwatt.contract.CoolingState;
import io.hallwatt.contract.Quantity;
import io.hallwatt.contract.Reason;
import io.hallwatt.contract.site.CoolingKind;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Fluid;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One cooling unit in one window, from all that it ever said. */
final class UnitOracle {
    private final CoolingUnit unit;
    private final List<CoolingReading> all;
    private final long start;
    private final long end;

    /** @param all the unit's readings in order of time, each once */
    UnitOracle(CoolingUnit unit, List<CoolingReading> all, long start, long end) {
        this.unit = unit;
        this.all = all;
        this.start = start;
        this.end = end;
    }

    private long hold() {
        return 3 * unit.reportInterval().toMillis();
    }

    String id() {
        return unit.id().text();
    }

    CoolingUnit model() {
        return unit;
    }

    boolean ofTheRoom() {
        return unit.kind() != CoolingKind.CHILLER;
    }

    /** It said something in the window, or what it said last still holds at its end. */
    boolean reporting() {
        return all.stream()
                .mapToLong(reading -> reading.at().toEpochMilli())
                .anyMatch(at -> at < end && (at >= start || at + hold() >= end));
    }

    /** Never heard up to the window's end, and three intervals have not passed since anybody of the hall was. */
    boolean awaited(long begun) {
        return begun + hold() >= end
                && all.stream().noneMatch(reading -> reading.at().toEpochMilli() < end);
    }

    /** The last that it named, in the window or so shortly before that it held at the end of the window's first second. */
    @Nullable
    CoolingState state() {
        CoolingState last = null;
        for (CoolingReading reading : all) {
            long at = reading.at().toEpochMilli();
            if (at < end && reading.state() != null && (at >= start || at + hold() >= start + 1_000)) {
                last = reading.state();
            }
        }
        return last;
    }

    private Covered covered(Function<CoolingReading, @Nullable Long> value) {
        return Covered.of(all, hold(), start, end, value);
    }

    Covered electrical() {
        return covered(reading -> RackOracle.thousandths(reading.electricalWatts()));
    }

    private static @Nullable Double flow(CoolingReading reading) {
        Double flow = reading.flowLitresPerSecond();
        return flow == null || flow < 0 || flow > 1e6 ? null : flow;
    }

    /** Return less supply; nothing while nothing flows. */
    private static @Nullable Double kelvin(CoolingReading reading) {
        Double flow = flow(reading);
        Double supply = reading.supplyCelsius();
        Double back = reading.returnCelsius();
        if (flow == null || flow == 0 || supply == null || back == null || Math.abs(back - supply) > 200) {
            return null;
        }
        return back - supply;
    }

    Covered kelvin() {
        return covered(reading -> RackOracle.thousandths(kelvin(reading)));
    }

    /** Flow times kelvin, 0 while nothing flows. */
    Covered flowKelvin() {
        return covered(reading -> {
            Double flow = flow(reading);
            Double kelvin = kelvin(reading);
            if (flow != null && flow == 0) {
                return 0L;
            }
            return flow == null || kelvin == null ? null : (Long) Math.round(flow * kelvin * 1_000);
        });
    }

    /** Flow while {@link #flowKelvin} is known, which it weighs. */
    Covered flow() {
        return covered(reading -> {
            Double flow = flow(reading);
            return flow == null || (flow != 0 && kelvin(reading) == null) ? null : RackOracle.thousandths(flow);
        });
    }

    Covered heat() {
        return covered(reading -> {
            Double flow = flow(reading);
            Double kelvin = kelvin(reading);
            if (flow != null && flow == 0) {
                return 0L;
            }
            return flow == null || kelvin == null || kelvin < 0
                    ? null
                    : (Long) Math.round(wattsPerLitreSecondKelvin() * flow * kelvin * 1_000);
        });
    }

    /** What came back was colder than what went out, for some of the window. */
    boolean backwards() {
        return covered(reading -> {
                            Double kelvin = kelvin(reading);
                            return kelvin != null && kelvin < 0 ? 1L : null;
                        })
                        .millis()
                > 0;
    }

    /** Density times specific heat, of the fluids' own tables. */
    private double wattsPerLitreSecondKelvin() {
        Fluid fluid = unit.fluid();
        if (fluid == null) {
            fluid = switch (unit.kind()) {
                case CRAH -> Fluid.AIR;
                case CDU -> Fluid.PG25;
                case CHILLER -> Fluid.WATER;
            };
        }
        return switch (fluid) {
            case AIR -> 1.184 * 1_006 / 1_000;
            case PG25 -> 1_017.0 * 3_930 / 1_000;
            case WATER -> 997.05 * 4_181.6 / 1_000;
        };
    }

    Quantity delta() {
        if (kelvin().any()) {
            return Quantity.measured(kelvin().mean() / 1_000.0);
        }
        if (flow().any() && flow().mean() == 0) {
            return Quantity.unknown(Reason.FLOW_TOO_LOW);
        }
        return Quantity.unknown(reporting() ? Reason.NOT_MEASURED : Reason.NO_READINGS);
    }

    Quantity failed() {
        CoolingState state = state();
        return state == null
                ? Quantity.unknown(Reason.NO_READINGS)
                : Quantity.measured(state == CoolingState.FAILED ? 1 : 0);
    }

    /** Could carry heat: it runs or stands by; one that does not name its state does while it reports. */
    boolean able() {
        CoolingState state = state();
        return state == null ? reporting() : state == CoolingState.RUNNING || state == CoolingState.STANDBY;
    }

    boolean heard() {
        return reporting() || state() != null;
    }
}
