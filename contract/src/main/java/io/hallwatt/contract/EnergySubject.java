package io.hallwatt.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What the energy of an hour is of. Written {@code hall/h01/it}, {@code hall/h01/cooling}, {@code source/solar-ppa/delivered},
 * {@code source/battery/drawn}.
 */
public sealed interface EnergySubject {
    /** IT energy of a hall: all feeds of all its racks. */
    record HallIt(HallId hall) implements EnergySubject {
        @Override
        public String text() {
            return "hall/" + hall.text() + "/it";
        }
    }

    /** Electrical energy of a hall's cooling units. */
    record HallCooling(HallId hall) implements EnergySubject {
        @Override
        public String text() {
            return "hall/" + hall.text() + "/cooling";
        }
    }

    /** Energy that a source gave to the site's bus. */
    record SourceDelivered(SourceId source) implements EnergySubject {
        @Override
        public String text() {
            return "source/" + source.text() + "/delivered";
        }
    }

    /** Energy that a source took from the site's bus: battery charge, grid export, a plant's own draw. */
    record SourceDrawn(SourceId source) implements EnergySubject {
        @Override
        public String text() {
            return "source/" + source.text() + "/drawn";
        }
    }

    @JsonValue
    String text();

    /**
     * Reads one of the four forms.
     *
     * @throws IllegalArgumentException if the text is none of them
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static EnergySubject parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length == 3) {
            switch (parts[0] + "/" + parts[2]) {
                case "hall/it" -> {
                    return new HallIt(new HallId(parts[1]));
                }
                case "hall/cooling" -> {
                    return new HallCooling(new HallId(parts[1]));
                }
                case "source/delivered" -> {
                    return new SourceDelivered(new SourceId(parts[1]));
                }
                case "source/drawn" -> {
                    return new SourceDrawn(new SourceId(parts[1]));
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException(
                "energy subject \"%s\": one of hall/ID/it, hall/ID/cooling, source/ID/delivered, source/ID/drawn"
                        .formatted(text));
    }
}
