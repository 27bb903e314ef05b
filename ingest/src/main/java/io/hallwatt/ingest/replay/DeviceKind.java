package io.hallwatt.ingest.replay;

import io.hallwatt.ingest.replay.MeasuringUnit.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reading in a file is of, and which quantities it may have. */
enum DeviceKind {
    RACK("rack"),
    UNIT("unit"),
    SOURCE("source");

    static final String ENERGY = "energy";
    static final String STATE = "state";
    static final List<String> FEEDS = List.of("feed-a", "feed-b");
    static final List<String> PHASES = List.of("l1", "l2", "l3");

    private final String key;

    DeviceKind(String key) {
        this.key = key;
    }

    /** The key of the device in a mapping file. */
    String key() {
        return key;
    }

    /** Whether its devices stand in halls. */
    boolean inHall() {
        return this != SOURCE;
    }

    /** Names of quantities, and the kinds of units that each can have. */
    Map<String, List<Kind>> quantities() {
        Map<String, List<Kind>> quantities = new LinkedHashMap<>();
        quantities.put(ENERGY, List.of(Kind.POWER, Kind.ENERGY));
        switch (this) {
            case RACK -> {
                for (String feed : FEEDS) {
                    feed(feed, quantities);
                }
                for (String place : List.of("inlet-top", "inlet-middle", "inlet-bottom", "outlet")) {
                    quantities.put(place, List.of(Kind.TEMPERATURE));
                }
                quantities.put("humidity", List.of(Kind.RATIO));
            }
            case UNIT -> {
                quantities.put("power", List.of(Kind.POWER));
                quantities.put("register", List.of(Kind.ENERGY));
                quantities.put("supply", List.of(Kind.TEMPERATURE));
                quantities.put("return", List.of(Kind.TEMPERATURE));
                quantities.put("flow", List.of(Kind.FLOW));
                quantities.put("speed", List.of(Kind.RATIO));
                quantities.put("water-register", List.of(Kind.VOLUME));
            }
            case SOURCE -> {
                quantities.put("power", List.of(Kind.POWER));
                quantities.put("delivered-register", List.of(Kind.ENERGY));
                quantities.put("drawn-register", List.of(Kind.ENERGY));
                quantities.put("availability", List.of(Kind.RATIO));
                quantities.put("state-of-charge", List.of(Kind.RATIO));
                quantities.put("carbon", List.of(Kind.CARBON_INTENSITY));
            }
        }
        return quantities;
    }

    private static void feed(String feed, Map<String, List<Kind>> quantities) {
        quantities.put(feed + "-register", List.of(Kind.ENERGY));
        quantities.put(feed + "-power", List.of(Kind.POWER));
        for (String phase : PHASES) {
            quantities.put(feed + "-" + phase + "-volts", List.of(Kind.VOLTAGE));
            quantities.put(feed + "-" + phase + "-amps", List.of(Kind.CURRENT));
            quantities.put(feed + "-" + phase + "-power", List.of(Kind.POWER));
        }
    }
}
