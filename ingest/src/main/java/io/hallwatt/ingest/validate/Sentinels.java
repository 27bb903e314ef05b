package io.hallwatt.ingest.validate;

/** Numbers that devices send where they have none: SunSpec's "not implemented", saturated Modbus words, the field 999.9. */
final class Sentinels {
    private static final long ALL_ONES = 0xFFFF_FFFFL;

    private Sentinels() {}

    static boolean isOne(double value) {
        return value == 0xFFFF
                || value == 0x7FFF
                || value == 0x8000
                || value == -0x8000
                || value == ALL_ONES
                || value == 0x8000_0000L
                || value == -0x8000_0000L
                || value == 999.9;
    }

    /** A 32-bit register with all bits set, counting 0.1 Wh, 1 Wh or 1 kWh. Smaller registers pass such values on their way. */
    static boolean isOne(long registerMilliwattHours) {
        return registerMilliwattHours == ALL_ONES * 100
                || registerMilliwattHours == ALL_ONES * 1_000
                || registerMilliwattHours == ALL_ONES * 1_000_000;
    }
}
