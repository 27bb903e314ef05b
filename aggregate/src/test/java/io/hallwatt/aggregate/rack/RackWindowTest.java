package io.hallwatt.aggregate.rack;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.state.StateReader;
import io.hallwatt.aggregate.state.StateWriter;
import io.hallwatt.aggregate.window.HeldPower;
import io.hallwatt.contract.property.Seeds;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Sites;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;

class RackWindowTest {
    private static final int RACKS = 4;
    private static final long START = 1_767_268_800_000L;

    private final RackLayout layout = layout();

    @ParameterizedTest
    @Seeds(300)
    void comes_back_as_it_was_written_whole_or_by_what_changed(Random random) {
        RackWindow window = new RackWindow(RACKS);
        say(window, random);
        RackWindow read = RackWindow.read(new StateReader(whole(window), 1));

        say(window, random);
        StateWriter changes = new StateWriter(1);
        window.writeChanges(changes);
        read.readChanges(new StateReader(changes.toBytes(), 1));

        assertThat(whole(read)).isEqualTo(whole(window));
        assertThat(closed(read)).isEqualTo(closed(window));
    }

    /** Some racks, some of them several times, with what a report may leave out left out. */
    private void say(RackWindow window, Random random) {
        for (int reports = random.nextInt(6); reports > 0; reports--) {
            RackReport report = new RackReport();
            report.clear();
            report.at = START + random.nextInt(1_000);
            report.sequence = random.nextInt(3);
            for (int feed = 0; feed < 2; feed++) {
                report.feedMilliwatts[feed] = maybe(random);
            }
            for (int phase = 0; phase < 6; phase++) {
                report.milliamps[phase] = maybe(random);
                report.phaseMilliwatts[phase] = random.nextInt(5_000_000);
            }
            for (int sensor = 0; sensor < 3; sensor++) {
                report.inlet[sensor] = maybe(random);
            }
            report.outlet = maybe(random);
            report.humidity = maybe(random);
            window.add(layout, random.nextInt(RACKS), START, report);
        }
    }

    private static long maybe(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> RackReport.ABSENT;
            case 1 -> 0;
            case 2 -> -random.nextInt(40_000);
            case 3 -> 50_000 + random.nextInt(40_000);
            default -> random.nextInt(40_000);
        };
    }

    private static byte[] whole(RackWindow window) {
        StateWriter out = new StateWriter(1);
        window.write(out);
        return out.toBytes();
    }

    /** All columns, after the window's end. */
    private static byte[] closed(RackWindow window) {
        HeldPower held = new HeldPower(RackWindow.CHANNELS);
        held.grow(RACKS);
        for (int rack = 0; rack < RACKS; rack++) {
            held.hold(rack, 3_000);
        }
        StateWriter out = new StateWriter(1);
        window.close(held, START, START + 1_000).write(out);
        return out.toBytes();
    }

    private static RackLayout layout() {
        Hall hall = Sites.site("small")
                .halls("h01", h -> h.racks("r001..r00" + RACKS))
                .build()
                .halls()
                .getFirst();
        RackLayout layout = new RackLayout();
        layout.apply(hall.racks());
        return layout;
    }
}
