package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The racks of a hall in one window, column by column. */
record FrameSight(RackFrame frame, String row) implements Sight {
    @Override
    public Scope scope() {
        return Scope.RACK;
    }

    @Override
    public String site() {
        return frame.site().text();
    }

    @Override
    public String hall() {
        return frame.hall().text();
    }

    @Override
    public Window window() {
        return frame.window();
    }

    @Override
    public int revision() {
        return frame.revision();
    }

    @Override
    public int size() {
        return frame.racks().size();
    }

    @Override
    public String rack(int index) {
        return frame.racks().get(index).text();
    }

    @Override
    public double coverage(int index) {
        double[] column = frame.column(Metric.RACK_COMPLETENESS, "");
        return column == null || Double.isNaN(column[index]) ? 0 : column[index];
    }

    @Override
    public void each(Metric metric, Look look) {
        boolean found = false;
        double factor = metric.unit().prometheusFactor();
        for (Map.Entry<RackFrame.Column, double[]> column : frame.columns().entrySet()) {
            if (column.getKey().metric() == metric) {
                found = true;
                String key = column.getKey().key();
                double[] values = column.getValue();
                for (int i = 0; i < values.length; i++) {
                    look.at(i, key, values[i] * factor);
                }
            }
        }
        if (!found && metric.dimensions().isEmpty()) {
            for (int i = 0; i < size(); i++) {
                look.at(i, "", Double.NaN);
            }
        }
    }

    @Override
    public void keys(Metric metric, Set<String> into) {
        if (metric.dimensions().isEmpty()) {
            into.add("");
            return;
        }
        for (RackFrame.Column column : frame.columns().keySet()) {
            if (column.metric() == metric) {
                into.add(column.key());
            }
        }
    }

    @Override
    public double @Nullable [] column(Metric metric, String key) {
        double[] column = frame.column(metric, key);
        double factor = metric.unit().prometheusFactor();
        return column == null || factor == 1
                ? column
                : Arrays.stream(column).map(value -> value * factor).toArray();
    }

    @Override
    public boolean fill(Metric metric, String key, double[] into) {
        double[] column = frame.column(metric, key);
        if (column == null) {
            return false;
        }
        double factor = metric.unit().prometheusFactor();
        for (int i = 0; i < column.length; i++) {
            into[i] = column[i] * factor;
        }
        return true;
    }
}
