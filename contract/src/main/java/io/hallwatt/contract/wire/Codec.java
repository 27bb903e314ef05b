package io.hallwatt.contract.wire;

/**
 * A record as bytes, and back.
 *
 * @param <T> the record
 */
public interface Codec<T> {
    byte[] write(T record);

    /**
     * Reads one record.
     *
     * @throws Malformed with a code and a sentence if the bytes are not such a record
     */
    T read(byte[] bytes) throws Malformed;
}
