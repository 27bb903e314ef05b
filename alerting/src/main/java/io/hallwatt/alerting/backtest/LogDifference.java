package io.hallwatt.alerting.backtest;

import io.hallwatt.contract.AlertTransition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Transitions that one side has more often than the other. As often as they differ: what the live stage told twice was told once too often, and stands here.
 */
public record LogDifference(List<AlertTransition> onlyHere, List<AlertTransition> onlyInLog) {
    public LogDifference {
        onlyHere = List.copyOf(onlyHere);
        onlyInLog = List.copyOf(onlyInLog);
    }

    /** Both in {@link Backtest#inOrder their order}, which the differences keep. */
    public static LogDifference between(List<AlertTransition> here, List<AlertTransition> log) {
        return new LogDifference(without(here, log), without(log, here));
    }

    public boolean none() {
        return onlyHere.isEmpty() && onlyInLog.isEmpty();
    }

    private static List<AlertTransition> without(List<AlertTransition> these, List<AlertTransition> others) {
        Map<AlertTransition, Integer> left = new HashMap<>();
        others.forEach(other -> left.merge(other, 1, Integer::sum));
        List<AlertTransition> more = new ArrayList<>();
        for (AlertTransition transition : these) {
            int matching = left.getOrDefault(transition, 0);
            if (matching == 0) {
                more.add(transition);
            } else {
                left.put(transition, matching - 1);
            }
        }
        return more;
    }
}
