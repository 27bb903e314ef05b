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
public record AlertKey(String rule, Scope scope, String row, String rack, String key, boolean blind) {}
