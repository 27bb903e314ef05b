package io.hallwatt.alerting.trial;

import io.hallwatt.alerting.expr.NumberText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a series has at each instant, in promtool's notation: {@code 1+2x3} is 1 3 5 7, {@code _} no sample, {@code stale} its end. */
final class SeriesValues {
    /** Prometheus's lookback: how long a sample stands for its series where no other comes. */
    static final Duration LOOKBACK = Duration.ofMinutes(5);

    private static final int MOST_SAMPLES = 1_000_000;

    private static final String UNSIGNED =
            "(?:(?:[0-9]{1,30}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30})(?:[eE][-+]?[0-9]{1,3})?|[iI][nN][fF]|[nN][aA][nN])";
    private static final Pattern ITEM =
            Pattern.compile("(?<start>[-+]?" + UNSIGNED + ")(?:(?<step>[-+]" + UNSIGNED + ")?x(?<times>[0-9]{1,9}))?");
    private static final Pattern OMITTED = Pattern.compile("_(?:x(?<times>[0-9]{1,9}))?");
    private static final Pattern WORD = Pattern.compile("\\S+");

    /** NaN where the series ends, or has no number. */
    private final double[] values;
    /** For each place the newest one at or before it that has a sample; −1 where there is none yet. */
    private final int[] newest;

    private SeriesValues(List<@Nullable Double> samples) {
        values = new double[samples.size()];
        newest = new int[samples.size()];
        int last = -1;
        for (int i = 0; i < values.length; i++) {
            Double sample = samples.get(i);
            if (sample != null) {
                values[i] = sample;
                last = i;
            }
            newest[i] = last;
        }
    }

    static SeriesValues parse(String text) throws TextFault {
        List<@Nullable Double> samples = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            add(word.group(), word.start(), samples);
            if (samples.size() > MOST_SAMPLES) {
                throw new TextFault(word.start(), "more than %,d samples: shorten the series".formatted(MOST_SAMPLES));
            }
        }
        return new SeriesValues(samples);
    }

    private static void add(String word, int offset, List<@Nullable Double> samples) throws TextFault {
        Matcher omitted = OMITTED.matcher(word);
        if (omitted.matches()) {
            repeat(samples, null, 0, omitted.group("times") == null ? 1 : times(omitted));
            return;
        }
        if (word.equals("stale")) {
            samples.add(Double.NaN);
            return;
        }
        if (word.startsWith("{{")) {
            throw new TextFault(offset, "a native histogram ({{…}}); metrics of the catalogue are plain numbers");
        }
        Matcher item = ITEM.matcher(word);
        if (!item.matches()) {
            throw new TextFault(
                    offset,
                    "\"%s\": write numbers, 1+2x3 (1 3 5 7), 1x3 (1 1 1 1), _ or _x3 for no sample, stale for the series' end"
                            .formatted(word.length() > 40 ? word.substring(0, 40) + "…" : word));
        }
        double start = number(item.group("start"), offset);
        if (item.group("times") == null) {
            samples.add(start);
        } else {
            double step = item.group("step") == null ? 0 : number(item.group("step"), offset);
            repeat(samples, start, step, times(item) + 1);
        }
    }

    /** By adding again and again, as promtool does: the same rounding. */
    private static void repeat(List<@Nullable Double> samples, @Nullable Double start, double step, int count) {
        Double value = start;
        for (int i = 0; i < count && samples.size() <= MOST_SAMPLES; i++) {
            samples.add(value);
            value = value == null ? null : value + step;
        }
    }

    private static int times(Matcher matcher) {
        return Integer.parseInt(matcher.group("times"));
    }

    private static double number(String text, int offset) throws TextFault {
        boolean signed = text.startsWith("+") || text.startsWith("-");
        Optional<Double> unsigned = NumberText.parse(signed ? text.substring(1) : text);
        if (unsigned.isEmpty()) {
            throw new TextFault(offset, "\"%s\" is larger than any number here: at most 1.7e308".formatted(text));
        }
        return text.startsWith("-") ? -unsigned.get() : unsigned.get();
    }

    /**
     * The value at an instant: of the newest sample not older than {@link #LOOKBACK}; NaN where there is none.
     *
     * @param at since the series' first sample, not negative
     */
    double at(Duration at, Duration interval) {
        long place = at.toMillis() / interval.toMillis();
        if (values.length == 0) {
            return Double.NaN;
        }
        int sample = newest[(int) Math.min(place, values.length - 1)];
        if (sample < 0 || at.minus(interval.multipliedBy(sample)).compareTo(LOOKBACK) > 0) {
            return Double.NaN;
        }
        return values[sample];
    }
}
