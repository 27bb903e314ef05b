package io.hallwatt.contract.site;

import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.config.Faults;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.yaml.Yaml;
import io.hallwatt.contract.yaml.YamlSection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Reads a site file. {@code examples/tetouan/site.yaml} shows every key. */
public final class SiteYaml {
    private static final SiteId NO_ID = new SiteId("unnamed");

    private SiteYaml() {}

    /**
     * Reads and checks a site file.
     *
     * @param fileName what the faults' lines start with
     * @throws InvalidInput with every fault: {@code file:line:column: what, remedy}
     */
    public static Site read(String fileName, String text) {
        Faults faults = new Faults(fileName);
        YamlSection top = Yaml.read(text, faults);
        faults.throwIfAny(); // what is no YAML, or holds a key twice, is mended first
        if (top == null) {
            throw new InvalidInput(fileName + ":1:1: unreadable");
        }
        Site site = site(top);
        faults.throwIfAny();
        return site;
    }

    /** The reference site {@code tetouan}: 40 halls of 200 racks, for the demo and for measuring. */
    public static Site reference() {
        return read("tetouan.yaml", referenceText());
    }

    /** The reference site's file. */
    public static String referenceText() {
        try (InputStream file = SiteYaml.class.getResourceAsStream("tetouan.yaml")) {
            if (file == null) {
                throw new IllegalStateException("tetouan.yaml is not in this build");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Site site(YamlSection top) {
        SiteId id = top.parsed("id", NO_ID, SiteId::new);
        String name = top.optionalText("name").orElse(id.text());
        ZoneId zone = top.parsed("zone", ZoneOffset.UTC, SiteYaml::zone);
        double latitude = top.number("latitude", -90, 90);
        double longitude = top.number("longitude", -180, 180);
        List<Hall> halls = HallSections.read(top);
        List<SupplySource> sources = SupplySections.read(top);
        top.noOthers();
        return new Site(id, name, zone, latitude, longitude, halls, sources);
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            String hint = io.hallwatt.contract.config.Nearest.hint(text, ZoneId.getAvailableZoneIds());
            throw new IllegalArgumentException(
                    "\"%s\" is no time zone%s"
                            .formatted(text, hint.isEmpty() ? ": write it as Africa/Casablanca" : hint),
                    e);
        }
    }
}
