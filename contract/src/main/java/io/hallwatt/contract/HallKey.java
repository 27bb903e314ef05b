package io.hallwatt.contract;

/** A hall of a site: the Kafka key of all that concerns one hall, written {@code site/hall}. */
public record HallKey(SiteId site, HallId hall) implements Comparable<HallKey> {
    /**
     * Reads {@code site/hall}.
     *
     * @throws IllegalArgumentException if the text is not two ids with one slash between
     */
    public static HallKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("hall key \"%s\": write it as site/hall".formatted(text));
        }
        return new HallKey(new SiteId(text.substring(0, slash)), new HallId(text.substring(slash + 1)));
    }

    @Override
    public int compareTo(HallKey other) {
        int bySite = site.compareTo(other.site);
        return bySite != 0 ? bySite : hall.compareTo(other.hall);
    }

    @Override
    public String toString() {
        return site.text() + "/" + hall.text();
    }
}
