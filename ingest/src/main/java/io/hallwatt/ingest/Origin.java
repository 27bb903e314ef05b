package io.hallwatt.ingest;

import org.jspecify.annotations.Nullable;

/** Where a reading came from. A source whose readings all come from one place shares one object among them. */
public interface Origin {
    /** Adapter and instance, one of a few constant texts: {@code simulator}, {@code replay load.tsv}. Travels as {@link io.hallwatt.contract.wire.Headers#SOURCE}. */
    String source();

    /** The exact place, for a person: {@code load.tsv:15283}. Asked only when the reading is rejected. */
    String place();

    /** The bytes as received; null where the reading never was bytes (simulator), then its wire form stands for them. Asked only when it is rejected. */
    byte @Nullable [] original();

    /** Of readings that are made here, not received. */
    static Origin made(String source) {
        return new Made(source);
    }

    /** @see #made */
    record Made(String source) implements Origin {
        @Override
        public String place() {
            return source;
        }

        @Override
        public byte @Nullable [] original() {
            return null;
        }
    }
}
