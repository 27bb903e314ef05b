package io.hallwatt.contract.wire;

import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.RejectCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A frame by its {@link RackFrameShape}. Written by hand, since it holds thousands of numbers; a test holds the bytes against the shape's own.
 */
final class RackFrameCodec implements Codec<RackFrame> {
    private static final byte[] SITE = JsonBytes.name("site");
    private static final byte[] HALL = JsonBytes.name("hall");
    private static final byte[] WINDOW = JsonBytes.name("window");
    private static final byte[] START = JsonBytes.name("start");
    private static final byte[] RESOLUTION = JsonBytes.name("resolution");
    private static final byte[] REVISION = JsonBytes.name("revision");
    private static final byte[] RACKS = JsonBytes.name("racks");
    private static final byte[] COLUMNS = JsonBytes.name("columns");
    private static final byte[] ABSENT = "null".getBytes(StandardCharsets.US_ASCII);

    private final Codec<RackFrameShape> shapes = Json.of(RackFrameShape.class);
    private final Map<RackFrame.Column, byte[]> names = new ConcurrentHashMap<>();

    @Override
    public byte[] write(RackFrame frame) {
        JsonBytes out = JsonBytes.empty();
        out.raw('{');
        out.field(SITE).text(frame.site().text());
        out.field(HALL).text(frame.hall().text());
        out.field(WINDOW).raw('{');
        out.field(START).time(frame.window().start().toEpochMilli());
        out.field(RESOLUTION).text(frame.window().resolution().text()).raw('}');
        out.field(REVISION).number(frame.revision());
        out.field(RACKS);
        List<RackId> racks = frame.racks();
        out.raw('[');
        for (int i = 0; i < racks.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.text(racks.get(i).text());
        }
        out.raw(']').field(COLUMNS).raw('{');
        frame.columns().forEach((column, values) -> write(column, values, out));
        return out.raw('}').raw('}').toBytes();
    }

    private void write(RackFrame.Column column, double[] values, JsonBytes out) {
        out.field(names.computeIfAbsent(column, known -> JsonBytes.name(RackFrameShape.name(known))));
        int decimals = column.metric().unit().decimals();
        out.raw('[');
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.raw(',');
            }
            if (Double.isNaN(values[i])) {
                out.raw(ABSENT);
            } else {
                out.number(values[i], decimals);
            }
        }
        out.raw(']');
    }

    @Override
    public RackFrame read(byte[] bytes) throws Malformed {
        RackFrameShape shape = shapes.read(bytes);
        try {
            return shape.frame();
        } catch (IllegalArgumentException e) {
            throw new Malformed(RejectCode.MALFORMED, String.valueOf(e.getMessage()));
        }
    }
}
