package io.hallwatt.contract.wire;

import io.hallwatt.contract.RejectCode;
import io.hallwatt.contract.site.Site;

/** A site by its {@link SiteShape}. */
final class SiteCodec implements Codec<Site> {
    private final Codec<SiteShape> shapes = Json.of(SiteShape.class);

    @Override
    public byte[] write(Site site) {
        return shapes.write(SiteShape.of(site));
    }

    @Override
    public Site read(byte[] bytes) throws Malformed {
        SiteShape shape = shapes.read(bytes);
        try {
            return shape.site();
        } catch (IllegalArgumentException e) {
            throw new Malformed(RejectCode.MALFORMED, String.valueOf(e.getMessage()));
        }
    }
}
