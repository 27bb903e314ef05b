package io.hallwatt.aggregate.site;

import static io.hallwatt.aggregate.window.DeviceFrontiers.NEVER;

import io.hallwatt.aggregate.energy.PartSink;
import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.wire.Codecs;
import io.hallwatt.contract.wire.Malformed;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A site's state in parts, so that a commit writes only what changed. */
public final class SiteState {
    private static final int LAYOUT = 6;
    private static final String MODEL = "model";
    private static final String WINDOWS = "windows";
    private static final String SAMPLES = "samples|";
    private static final String SEEN = "seen|";
    private static final String SUPPLY = "supply|";
    private static final String CARBON = "|carbon";

    private SiteState() {}

    /** Gives the parts that changed since the last time. */
    public static void drainDirty(SiteWindows site, PartSink sink) {
        if (site.modelDirty) {
            sink.part(MODEL, Codecs.SITE.write(site.modelWithLeft()));
            site.modelDirty = false;
        }
        if (site.dirty) {
            sink.part(WINDOWS, windows(site));
            site.dirty = false;
        }
        site.hours.drainDirty(sink);
        site.sources.samples.drainDirty((key, bytes) -> sink.part(SAMPLES + key, bytes));
        site.sources.seen.drainDirty((key, bytes) -> sink.part(SEEN + key, bytes));
        site.sources.supplies.forEach((id, supply) -> {
            supply.delivered.drainDirty((key, bytes) -> sink.part(SUPPLY + id + "|delivered|" + key, bytes));
            supply.drawn.drainDirty((key, bytes) -> sink.part(SUPPLY + id + "|drawn|" + key, bytes));
            if (supply.carbonDirty) {
                StateWriter out = new StateWriter(LAYOUT);
                supply.carbon.write(out);
                sink.part(SUPPLY + id + CARBON, out.toBytes());
                supply.carbonDirty = false;
            }
        });
    }

    private static byte[] windows(SiteWindows site) {
        StateWriter out = new StateWriter(LAYOUT);
        out.integer(site.sources.devices.size());
        site.sources.devices.keySet().forEach(out::text);
        site.sources.clock.write(out);
        out.flag(site.supplyEnded);
        for (int level = 0; level < SiteWindows.RESOLUTIONS.size(); level++) {
            out.integerOr(site.closedUntil[level], NEVER);
            out.integer(site.open.get(level).size());
            site.open.get(level).forEach((start, window) -> {
                out.integer(start);
                window.write(out);
            });
        }
        site.halls.write(out);
        return out.toBytes();
    }

    /** The model that a site was written under, with the sources that had left before; null where none was written. */
    public static @Nullable Site model(Map<String, byte[]> parts) {
        byte[] model = parts.get(MODEL);
        try {
            return model == null ? null : Codecs.SITE.read(model);
        } catch (Malformed e) {
            throw new IllegalStateException("a site in the stage's own state that cannot be read", e);
        }
    }

    /**
     * Puts written parts into a new site, under the model that they were written under, and then lets today's follow as if it had come while running.
     *
     * @param model today's; null where there is none any more
     * @param parts by the keys that {@link #drainDirty} gave
     */
    public static void restore(SiteWindows site, @Nullable Site model, Map<String, byte[]> parts) {
        byte[] windows = parts.get(WINDOWS);
        if (windows != null) {
            windows(site, new StateReader(windows, LAYOUT));
        }
        site.hours.restore(parts);
        site.sources.samples.restore(under(SAMPLES, parts));
        site.sources.seen.restore(under(SEEN, parts));
        Map<String, byte[]> supply = under(SUPPLY, parts);
        Site written = model(parts);
        site.restore(written == null ? site.model() : written, supply);
        site.modelDirty = false;
        site.sources.supplies.forEach((id, source) -> {
            byte[] carbon = supply.get(id + CARBON);
            if (carbon != null) {
                source.carbon.read(new StateReader(carbon, LAYOUT));
            }
        });
        if (model == null) {
            site.leave();
        } else if (!model.equals(written)) {
            site.apply(model);
        }
    }

    private static void windows(SiteWindows site, StateReader in) {
        for (int count = in.count(); count > 0; count--) {
            site.sources.devices.put(in.text(), site.sources.devices.size());
        }
        site.sources.clock.read(in);
        site.supplyEnded = in.flag();
        for (int level = 0; level < SiteWindows.RESOLUTIONS.size(); level++) {
            site.closedUntil[level] = in.integerOr(NEVER);
            for (int count = in.count(); count > 0; count--) {
                long start = in.integer();
                site.open.get(level).put(start, SiteWindow.read(in));
            }
        }
        site.halls.read(in);
    }

    private static Map<String, byte[]> under(String prefix, Map<String, byte[]> parts) {
        Map<String, byte[]> under = new HashMap<>();
        parts.forEach((key, bytes) -> {
            if (key.startsWith(prefix)) {
                under.put(key.substring(prefix.length()), bytes);
            }
        });
        return under;
    }
}
