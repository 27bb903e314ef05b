package io.hallwatt.contract.wire;

import io.hallwatt.contract.RackFrame;
import io.hallwatt.contract.RejectCode;

/** A frame by its {@link RackFrameShape}. */
final class RackFrameCodec implements Codec<RackFrame> {
    private final Codec<RackFrameShape> shapes = Json.of(RackFrameShape.class);

    @Override
    public byte[] write(RackFrame frame) {
        return shapes.write(RackFrameShape.of(frame));
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
