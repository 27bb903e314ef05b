package io.hallwatt.alerting.evaluate;

/**
 * Whose windows a row holds, as the keys of metrics have it: {@code site/hall}, or a site alone.
 *
 * @param hall empty for the site's own
 */
public record Row(String site, String hall) {
    public static Row of(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? new Row(key, "") : new Row(key.substring(0, slash), key.substring(slash + 1));
    }
}
