package io.hallwatt.alerting.evaluate;

import io.hallwatt.contract.catalogue.Scope;

/**
 * Where one alert's state is kept.
 *
 * @param rule    the rule's identity
 * @param scope   of the rule
 * @param row     site, or site/hall
 * @param rack    empty where the alert is about the hall or the site itself
 * @param key     the metric's dimensions; empty where it has none
 * @param blind   whether it is the rule's alert on not seeing, beside the alert itself
 */
public record AlertKey(String rule, Scope scope, String row, String rack, String key, boolean blind) {
    /** Of the alert itself on one element of a window. */
    static AlertKey of(String rule, Sight sight, int index, String key) {
        return new AlertKey(rule, sight.scope(), sight.row(), sight.rack(index), key, false);
    }

    /** The alert itself. */
    AlertKey seeing() {
        return blind ? new AlertKey(rule, scope, row, rack, key, false) : this;
    }

    /** The alert on not seeing. */
    AlertKey notSeeing() {
        return blind ? this : new AlertKey(rule, scope, row, rack, key, true);
    }
}
