package io.hallwatt.ingest.replay;

import io.hallwatt.contract.IntervalEnergy;
import io.hallwatt.contract.RackReading;
import io.hallwatt.contract.Reading;
import io.hallwatt.contract.Rejected;
import io.hallwatt.contract.SupplyReading;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SiteYaml;
import io.hallwatt.ingest.Batch;
import io.hallwatt.ingest.validate.Validator;
import io.hallwatt.ingest.validate.Verdict;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An example pair replayed, and what a plain sum over its readings gives, by the hour that each starts with. */
record Pair(List<Reading> readings, List<Rejected> refused, List<ReplayListener.FileSummary> summaries) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    static Pair replay(Path example) throws IOException {
        Path siteFile = example.resolve("site.yaml");
        Site site = SiteYaml.read(siteFile.toString(), Files.readString(siteFile));
        List<Mapping> mappings = List.of(
                Mapping.read(example.resolve("load.yaml"), site), Mapping.read(example.resolve("supply.yaml"), site));
        Validator validator = new Validator(site, Duration.ofSeconds(5));
        long now = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
        Pair pair = new Pair(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (Replay replay =
                new Replay(mappings, site.id(), Replay.dataDirectories(System.getenv(), ROOT), pair.listener())) {
            for (Batch batch = replay.next(); batch != null; batch = replay.next()) {
                for (Batch.Item item : batch.items()) {
                    if (item instanceof Batch.Read read) {
                        if (validator.judge(read.reading(), now) instanceof Verdict.Refusal refusal) {
                            throw new AssertionError(read.origin().place() + ": " + refusal);
                        }
                        pair.readings.add(read.reading());
                    }
                }
            }
        }
        return pair;
    }

    private ReplayListener listener() {
        return new ReplayListener() {
            @Override
            public void refused(Rejected rejected) {
                refused.add(rejected);
            }

            @Override
            public void progress(Progress progress) {}

            @Override
            public void ended(FileSummary summary) {
                summaries.add(summary);
            }
        };
    }

    List<String> refusedLines() {
        return refused.stream().map(r -> r.origin() + " " + r.code()).toList();
    }

    Map<Instant, Long> load() {
        Map<Instant, Long> load = new TreeMap<>();
        for (Reading reading : readings) {
            if (reading instanceof RackReading rack && rack.interval() != null) {
                load.merge(rack.interval().start(), rack.interval().milliwattHours(), Long::sum);
            }
        }
        return load;
    }

    Map<Instant, Long> supply(String... sources) {
        Map<Instant, Long> supply = new TreeMap<>();
        for (Reading reading : readings) {
            if (reading instanceof SupplyReading s && List.of(sources).contains(s.device())) {
                IntervalEnergy interval = s.interval();
                if (interval != null) {
                    supply.merge(interval.start(), interval.milliwattHours(), Long::sum);
                }
            }
        }
        return supply;
    }

    /** g/kWh by the hour's start. */
    Map<Instant, BigDecimal> carbon() {
        Map<Instant, BigDecimal> carbon = new TreeMap<>();
        for (Reading reading : readings) {
            if (reading instanceof SupplyReading s && s.carbonGramsPerKilowattHour() != null) {
                carbon.put(s.at().minus(Duration.ofHours(1)), BigDecimal.valueOf(s.carbonGramsPerKilowattHour()));
            }
        }
        return carbon;
    }
}
