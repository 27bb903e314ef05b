package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a restart: the alerts that are not inactive, those that ended of late, and how far each row has been evaluated. Confined to one thread.
 */
public interface Memory {
    /** All that is remembered; read once, at the start. */
    List<Alert> alerts();

    void remember(Alert alert);

    void forget(Alert alert);

    /** Alerts that fired and are over, as long as their end is to be told; read once, at the start. */
    List<Alert> ended();

    void rememberEnded(Alert alert);

    void forgetEnded(Alert alert);

    /** End of the newest window evaluated; null where there was none. */
    @Nullable
    Instant evaluatedTo(Scope scope, Resolution resolution, String row);

    void evaluatedTo(Scope scope, Resolution resolution, String row, Instant end);
}
