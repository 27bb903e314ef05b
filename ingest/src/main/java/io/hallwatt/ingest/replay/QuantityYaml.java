package io.hallwatt.ingest.replay;

import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.yaml.YamlSection;
import io.hallwatt.ingest.replay.MeasuringUnit.Kind;
import java.math.BigDecimal;
import java.util.List;

/** Reads one quantity of a mapping file: {@code { column: powerave, unit: W, scale: 1000 }}. */
final class QuantityYaml {
    private QuantityYaml() {}

    static Quantity read(YamlSection section, List<Kind> kinds) {
        String column = section.text("column");
        List<String> symbols = MeasuringUnit.symbols(kinds);
        MeasuringUnit standIn = MeasuringUnit.named(symbols.get(0)).orElseThrow();
        String symbol = section.optionalScalar("unit").orElse("");
        MeasuringUnit unit = MeasuringUnit.named(symbol)
                .filter(named -> kinds.contains(named.kind()))
                .orElse(null);
        if (unit == null) {
            section.fault(
                    "unit",
                    "\"%s\" is none of %s%s",
                    symbol,
                    String.join(", ", symbols),
                    Nearest.hint(symbol, symbols));
        }
        BigDecimal scale = section.optionalDecimal("scale").orElse(BigDecimal.ONE);
        if (scale.signum() == 0) {
            section.fault("scale", "0 makes everything 0; give another");
        }
        boolean optional = section.optionalTruth("optional").orElse(false);
        section.noOthers();
        return new Quantity(column, unit == null ? standIn : unit, scale, optional);
    }

    /** A phase is volts, amps and watts together, and phases come in order. */
    static void requireWholePhases(YamlSection values) {
        for (String feed : DeviceKind.FEEDS) {
            boolean before = true;
            for (String phase : DeviceKind.PHASES) {
                List<String> names = List.of(
                        feed + "-" + phase + "-volts", feed + "-" + phase + "-amps", feed + "-" + phase + "-power");
                long given = names.stream().filter(values::has).count();
                String first = names.stream().filter(values::has).findFirst().orElse(names.get(0));
                if (given > 0 && given < names.size()) {
                    values.fault(first, "a phase needs %s", String.join(", ", names));
                }
                if (given > 0 && !before) {
                    values.fault(first, "the phase before it is missing; give l1 first, then l2, l3");
                }
                before = given > 0;
            }
        }
    }
}
