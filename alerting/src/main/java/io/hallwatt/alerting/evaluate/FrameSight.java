package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.catalogue.Metric;
import io.hallwatt.contract.catalogue.Scope;
import java.util.Map;

/** The racks of a hall in one window, column by column. */
record FrameSight(RackFrame frame) implements Sight {
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
}
