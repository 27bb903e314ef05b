package io.hallwatt.ingest.replay;

import io.hallwatt.contract.wire.Malformed;

/** A line of text → the values of one row. */
interface RowParser {
    /** @throws Malformed NOT_DATA where the line is no row, MALFORMED where it is not well-formed */
    Cells parse(String line) throws Malformed;
}
