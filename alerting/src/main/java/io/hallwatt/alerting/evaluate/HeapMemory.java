package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A memory that ends with its owner: for tests of rules and for runs over the past. Empty at first. */
public final class HeapMemory implements Memory {
    private final Map<AlertKey, Alert> alerts = new LinkedHashMap<>();
    private final Map<AlertKey, Alert> ended = new LinkedHashMap<>();
    private final Map<Row, Instant> evaluatedTo = new HashMap<>();

    private record Row(Scope scope, Resolution resolution, String row) {}

    @Override
    public List<Alert> alerts() {
        return List.copyOf(alerts.values());
    }

    @Override
    public void remember(Alert alert) {
        alerts.put(alert.key(), alert);
    }

    @Override
    public void forget(Alert alert) {
        alerts.remove(alert.key());
    }

    @Override
    public List<Alert> ended() {
        return List.copyOf(ended.values());
    }

    @Override
    public void rememberEnded(Alert alert) {
        ended.put(alert.key(), alert);
    }

    @Override
    public void forgetEnded(Alert alert) {
        ended.remove(alert.key());
    }

    @Override
    public @Nullable Instant evaluatedTo(Scope scope, Resolution resolution, String row) {
        return evaluatedTo.get(new Row(scope, resolution, row));
    }

    @Override
    public void evaluatedTo(Scope scope, Resolution resolution, String row, Instant end) {
        evaluatedTo.put(new Row(scope, resolution, row), end);
    }
}
