package io.hallwatt.ingest.simulate.scenario;

import io.hallwatt.contract.config.Nearest;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.yaml.YamlSection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One fault of a scenario file; what is wrong with it is noted in the section's faults. */
final class FaultYaml {
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final List<String> KINDS = List.of(
            "breaker-overload",
            "feed-loss",
            "cooling-failure",
            "register-reset",
            "cloud-front",
            "grid-loss",
            "silence",
            "clock-skew",
            "duplicate-delivery",
            "reordered-delivery",
            "stuck-sensor",
            "register-glitch",
            "register-jitter",
            "implausible-value");

    private final YamlSection section;
    private final Site site;

    private FaultYaml(YamlSection section, Site site) {
        this.section = section;
        this.site = site;
    }

    static Optional<Fault> read(YamlSection section, Site site) {
        String kind = section.text("fault");
        if (!KINDS.contains(kind)) {
            if (!kind.isEmpty()) {
                section.fault("fault", "unknown: %s%s", kind, hint(kind));
            }
            return Optional.empty();
        }
        Fault fault = new FaultYaml(section, site).fault(kind);
        section.noOthers();
        return Optional.of(fault);
    }

    private static String hint(String kind) {
        String hint = Nearest.hint(kind, KINDS);
        return hint.isEmpty() ? "; known: " + String.join(", ", KINDS) : hint;
    }

    private Fault fault(String kind) {
        boolean instant = kind.equals("register-reset");
        Span span = span(instant);
        return switch (kind) {
            case "breaker-overload" ->
                new Fault.BreakerOverload(span, racks(), feed(), section.number("to", 0.01, 1.25));
            case "feed-loss" -> new Fault.FeedLoss(span, racks(), feed());
            case "cooling-failure" -> new Fault.CoolingFailure(span, target(Who.UNITS));
            case "register-reset" -> new Fault.RegisterReset(span, racks());
            case "cloud-front" -> new Fault.CloudFront(span, share("depth", 0.8));
            case "grid-loss" -> new Fault.GridLoss(span);
            case "silence" -> new Fault.Silence(span, target(Who.ANY));
            case "clock-skew" -> new Fault.ClockSkew(span, target(Who.ANY), skew());
            case "duplicate-delivery" ->
                new Fault.DuplicateDelivery(
                        span, target(Who.ANY), share("share", 1), time("after", Duration.ofMillis(300)));
            case "reordered-delivery" ->
                new Fault.ReorderedDelivery(
                        span, target(Who.ANY), share("share", 1), time("by", Duration.ofMillis(800)));
            case "stuck-sensor" ->
                new Fault.StuckSensor(
                        span, target(Who.ANY), section.choice("sensor", Fault.Sensor.class, Fault.Sensor.INLET));
            case "register-glitch" -> new Fault.RegisterGlitch(span, target(Who.ANY), share("share", 0.01));
            case "register-jitter" -> new Fault.RegisterJitter(span, target(Who.ANY), share("share", 0.01));
            case "implausible-value" -> new Fault.ImplausibleValue(span, target(Who.ANY), share("share", 0.01));
            default -> throw new IllegalStateException(kind + " is known but not read");
        };
    }

    private enum Who {
        RACKS,
        UNITS,
        ANY
    }

    private Target racks() {
        return target(Who.RACKS);
    }

    private Target target(Who who) {
        Target all = section.parsed("target", new Target("", List.of()), text -> Target.parse(text, site));
        List<String> devices =
                all.devices().stream().filter(device -> is(device, who)).toList();
        if (devices.isEmpty() && !all.devices().isEmpty()) {
            section.fault(
                    "target",
                    "%s names no %s, which is what this fault strikes",
                    all.text(),
                    who == Who.RACKS ? "rack" : "cooling unit");
        }
        return new Target(all.text(), devices);
    }

    private boolean is(String device, Who who) {
        if (who == Who.ANY) {
            return true;
        }
        int slash = device.indexOf('/');
        return slash >= 0
                && site.halls().stream()
                        .filter(hall -> hall.id().text().equals(device.substring(0, slash)))
                        .anyMatch(hall -> who == Who.RACKS
                                ? hall.racks().stream()
                                        .anyMatch(r -> r.id().text().equals(device.substring(slash + 1)))
                                : hall.coolingUnits().stream()
                                        .anyMatch(u -> u.id().text().equals(device.substring(slash + 1))));
    }

    private Span span(boolean instant) {
        Duration at = time("at", null);
        Duration length = instant ? Duration.ZERO : time("for", null);
        Duration every = section.has("every") ? time("every", null) : null;
        if (every != null && every.compareTo(length) <= 0) {
            section.fault("every", "%s is not longer than for: the fault would never end", every.toString());
            every = null;
        }
        return new Span(at, length, every);
    }

    private Duration time(String key, @org.jspecify.annotations.Nullable Duration usual) {
        Optional<Duration> given = section.optionalDuration(key);
        if (given.isPresent() && given.get().compareTo(LONGEST) > 0) {
            section.fault(key, "longer than 366d");
        }
        if (given.isEmpty() && !section.has(key) && usual == null) {
            section.fault(
                    key,
                    "missing; give %s",
                    key.equals("at") ? "a time since the start, as 15s" : "how long it lasts, as 30s");
        }
        return given.orElse(usual == null ? Duration.ZERO : usual);
    }

    private Duration skew() {
        if (section.has("ahead") == section.has("behind")) {
            section.fault("ahead", "give either ahead or behind, as ahead: 10s");
        }
        Duration ahead = time("ahead", Duration.ZERO);
        Duration behind = time("behind", Duration.ZERO);
        return ahead.minus(behind);
    }

    private Fault.FeedName feed() {
        return section.choice("feed", Fault.FeedName.class, Fault.FeedName.A);
    }

    private double share(String key, double usual) {
        return section.optionalNumber(key, 0, 1).orElse(usual);
    }
}
