package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.config.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.zip.CRC32;

/**
 * A simulation at one moment, as bytes for a file: about 200 KiB for 8,000 racks. Write it to another name and rename it, so that a crash leaves the old one.
 */
public final class SimulationState {
    static final int MAGIC = 0x4857_5353;
    static final int VERSION = 1;

    private final byte[] bytes;
    private final Instant at;

    private SimulationState(byte[] bytes, Instant at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** @throws InvalidInput if the bytes are no whole state of this version */
    public static SimulationState of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (bytes.length < 28 || in.readInt() != MAGIC) {
                throw new InvalidInput("simulation state: not one; remove the file to start anew");
            }
            int version = in.readInt();
            long sum = in.readLong();
            CRC32 crc = new CRC32();
            crc.update(bytes, 16, bytes.length - 16);
            if (version != VERSION || crc.getValue() != sum) {
                throw new InvalidInput("simulation state: %s; remove the file to start anew"
                        .formatted(version == VERSION ? "damaged" : "of version " + version + ", this is " + VERSION));
            }
            return new SimulationState(bytes.clone(), Instant.ofEpochMilli(in.readLong()));
        } catch (IOException e) {
            throw new InvalidInput("simulation state: cut off; remove the file to start anew");
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Of the first reading that had not been given. */
    public Instant at() {
        return at;
    }

    /** What stands after the header: magic, version, checksum. */
    DataInputStream body() {
        return new DataInputStream(new ByteArrayInputStream(bytes, 16, bytes.length - 16));
    }
}
