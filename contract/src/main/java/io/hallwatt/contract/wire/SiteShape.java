package io.hallwatt.contract.wire;

import io.hallwatt.contract.HallId;
import io.hallwatt.contract.RackId;
import io.hallwatt.contract.SiteId;
import io.hallwatt.contract.site.AshraeClass;
import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Feed;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.IdRange;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplySource;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A site as it is written: racks of one row that are alike stand as one run, so that 8,000 racks stay far below Kafka's 1 MiB. */
record SiteShape(
        SiteId id,
        String name,
        ZoneId zone,
        double latitude,
        double longitude,
        List<HallShape> halls,
        List<SupplySource> sources) {

    /** @param powerCapacityWatts absent where it is the design's */
    record HallShape(
            HallId id,
            double designItWatts,
            AshraeClass ashrae,
            List<RackRun> racks,
            List<CoolingUnit> coolingUnits,
            @Nullable Double powerCapacityWatts) {
        static HallShape of(Hall hall) {
            return new HallShape(
                    hall.id(),
                    hall.designItWatts(),
                    hall.ashrae(),
                    RackRun.of(hall.racks()),
                    hall.coolingUnits(),
                    hall.powerCapacityWatts() == hall.designItWatts() ? null : hall.powerCapacityWatts());
        }

        Hall hall() {
            List<Rack> all = new ArrayList<>();
            racks.forEach(run -> run.addTo(all));
            double capacity = powerCapacityWatts == null ? designItWatts : powerCapacityWatts;
            return new Hall(id, designItWatts, ashrae, all, coolingUnits, capacity);
        }
    }

    /** Ids that count up: {@code r001} to {@code r200}; without {@code to}, one id. */
    record IdSpan(RackId from, @Nullable RackId to) {
        List<String> ids() {
            return to == null
                    ? List.of(from.text())
                    : IdRange.between(from.text(), to.text()).ids();
        }
    }

    /**
     * Racks alike but for their ids and positions.
     *
     * @param position of the first; each next stands one further, unless it is 0: then none has a position
     */
    record RackRun(
            List<IdSpan> ids,
            String row,
            int position,
            @Nullable Feed feedA,
            @Nullable Feed feedB,
            long registerModulusMilliwattHours,
            long registerResolutionMilliwattHours,
            Duration reportInterval) {

        static List<RackRun> of(List<Rack> racks) {
            List<RackRun> runs = new ArrayList<>();
            for (int from = 0; from < racks.size(); ) {
                int to = from + 1;
                while (to < racks.size() && continues(racks.get(from), racks.get(to), to - from)) {
                    to++;
                }
                Rack first = racks.get(from);
                runs.add(new RackRun(
                        spans(racks.subList(from, to)),
                        first.row(),
                        first.position(),
                        first.feedA(),
                        first.feedB(),
                        first.registerModulusMilliwattHours(),
                        first.registerResolutionMilliwattHours(),
                        first.reportInterval()));
                from = to;
            }
            return runs;
        }

        private static boolean continues(Rack first, Rack rack, int after) {
            int position = first.position() == 0 ? 0 : first.position() + after;
            return rack.equals(new Rack(
                    rack.id(),
                    first.row(),
                    position,
                    first.feedA(),
                    first.feedB(),
                    first.registerModulusMilliwattHours(),
                    first.registerResolutionMilliwattHours(),
                    first.reportInterval()));
        }

        private static List<IdSpan> spans(List<Rack> racks) {
            List<IdSpan> spans = new ArrayList<>();
            for (int from = 0; from < racks.size(); ) {
                int to = from + 1;
                while (to < racks.size()
                        && to - from < IdRange.MOST
                        && IdRange.follows(
                                racks.get(to - 1).id().text(),
                                racks.get(to).id().text())) {
                    to++;
                }
                spans.add(new IdSpan(
                        racks.get(from).id(),
                        to - from == 1 ? null : racks.get(to - 1).id()));
                from = to;
            }
            return spans;
        }

        void addTo(List<Rack> racks) {
            int place = position;
            for (IdSpan span : ids) {
                for (String id : span.ids()) {
                    if (racks.size() == IdRange.MOST) {
                        throw new IllegalArgumentException("a hall has at most %,d racks".formatted(IdRange.MOST));
                    }
                    racks.add(new Rack(
                            new RackId(id),
                            row,
                            place,
                            feedA,
                            feedB,
                            registerModulusMilliwattHours,
                            registerResolutionMilliwattHours,
                            reportInterval));
                    if (position != 0) {
                        place++;
                    }
                }
            }
        }
    }

    static SiteShape of(Site site) {
        return new SiteShape(
                site.id(),
                site.name(),
                site.zone(),
                site.latitude(),
                site.longitude(),
                site.halls().stream().map(HallShape::of).toList(),
                site.sources());
    }

    Site site() {
        return new Site(
                id,
                name,
                zone,
                latitude,
                longitude,
                halls.stream().map(HallShape::hall).toList(),
                sources);
    }
}
