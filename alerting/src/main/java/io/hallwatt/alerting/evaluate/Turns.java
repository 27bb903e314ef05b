package io.hallwatt.alerting.evaluate;

import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.contract.Resolution;
import io.hallwatt.contract.catalogue.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a hall's windows and its racks' are taken where a rule on racks has a parent on the hall: by their ends, and of one end the hall first. The two
 * come by topics of their own, mixed as they happen to arrive, and what is told must not depend on that: live, after a restart and over the past it is the same. So one that
 * comes before its turn waits for its companion, which was published with it. All other windows go as they come. Confined to one thread.
 *
 * @param <W> what is taken, a window with what belongs to it
 */
public final class Turns<W> {
    /** Where so many wait for a companion, none comes: the topics do not reach back equally far. */
    static final int MOST_WAITING = 120;

    private final Set<Resolution> linked;
    private final Memory memory;
    private final Function<W, Sight> sight;
    private final Map<Place, Pair> pairs = new HashMap<>();

    private record Place(String row, Resolution resolution) {}

    /** @param memory says how far each row was evaluated before */
    public Turns(RuleSet rules, Memory memory, Function<W, Sight> sight) {
        this.linked = linked(rules);
        this.memory = memory;
        this.sight = sight;
    }

    /** Lengths of windows on which a rule on racks has a parent on the hall. */
    private static Set<Resolution> linked(RuleSet rules) {
        Map<String, Set<Resolution>> halls = new HashMap<>();
        for (Rule rule : rules.rules()) {
            if (rule.condition().scope() == Scope.HALL) {
                halls.computeIfAbsent(rule.alert(), name -> EnumSet.noneOf(Resolution.class))
                        .add(rule.resolution());
            }
        }
        Set<Resolution> linked = EnumSet.noneOf(Resolution.class);
        for (Rule child : rules.rules()) {
            if (child.parent() != null
                    && child.condition().scope() == Scope.RACK
                    && halls.getOrDefault(child.parent(), Set.of()).contains(child.resolution())) {
                linked.add(child.resolution());
            }
        }
        return linked;
    }

    /** A hall and its racks on windows of one length. */
    private final class Pair {
        private final Duration length;
        private final boolean bound;
        private final Lane hall;
        private final Lane racks;

        Pair(Place place) {
            this.length = place.resolution().length();
            this.bound = linked.contains(place.resolution());
            this.hall = new Lane(memory.evaluatedTo(Scope.HALL, place.resolution(), place.row()));
            this.racks = new Lane(memory.evaluatedTo(Scope.RACK, place.resolution(), place.row()));
        }

        Lane lane(Scope scope) {
            return scope == Scope.RACK ? racks : hall;
        }

        /** Of the two the one whose next window's turn is first; the hall's where they have one turn, or none. */
        Lane first() {
            return racks.before(hall) ? racks : hall;
        }

        Lane beside(Lane lane) {
            return lane == hall ? racks : hall;
        }

        void advance(Consumer<W> next) {
            for (Lane first = first(); !first.waiting.isEmpty() && mayGo(first); first = first()) {
                next.accept(first.waiting.remove().window());
            }
        }

        /** Whether nothing can come by the other way whose turn is before. */
        private boolean mayGo(Lane first) {
            Lane other = beside(first);
            if (!bound || !other.waiting.isEmpty() || other.excused || first.waiting.size() > MOST_WAITING) {
                return true;
            }
            if (other.reached == null) {
                return false;
            }
            Instant turn = first.waiting.element().turn();
            Instant surely = first == hall ? other.reached.plus(length) : other.reached;
            return !surely.isBefore(turn);
        }

        /** Whoever did not come in time is waited for again when it has caught up. */
        void arrived(Lane lane) {
            Lane other = lane == hall ? racks : hall;
            if (lane.excused && lane.reached != null) {
                lane.excused =
                        other.reached != null && lane.reached.plus(length).isBefore(other.reached);
            }
        }
    }

    /** @param turn the window's end; of one that is published again that of the newest before it, which it follows */
    private record Waiting<W>(W window, Instant turn) {}

    /** Windows that come one after the other. */
    private final class Lane {
        private final Deque<Waiting<W>> waiting = new ArrayDeque<>();
        private @Nullable Instant reached;
        private boolean excused;

        Lane(@Nullable Instant evaluatedTo) {
            this.reached = evaluatedTo;
        }

        void add(W window) {
            Instant end = sight.apply(window).window().end();
            reached = reached == null || end.isAfter(reached) ? end : reached;
            waiting.add(new Waiting<>(window, reached));
        }

        /** Whether its next window's turn is before the other's; of two with one turn the other goes first. */
        boolean before(Lane other) {
            return !waiting.isEmpty()
                    && (other.waiting.isEmpty()
                            || waiting.element()
                                    .turn()
                                    .isBefore(other.waiting.element().turn()));
        }
    }

    /**
     * Takes a window.
     *
     * @param next takes those whose turn it is, in order: this one, others that waited for it, or none
     */
    public void see(W window, Consumer<W> next) {
        Sight seen = sight.apply(window);
        Resolution resolution = seen.window().resolution();
        Place place = new Place(seen.row(), resolution);
        Pair pair = seen.scope() != Scope.SITE && linked.contains(resolution)
                ? pairs.computeIfAbsent(place, Pair::new)
                : pairs.get(place);
        if (pair == null) {
            next.accept(window);
            return;
        }
        Lane lane = pair.lane(seen.scope());
        lane.add(window);
        pair.arrived(lane);
        pair.advance(next);
    }

    /** Puts back what waited under other rules, or before a restart, in the order in which it had come. */
    public void restore(W window) {
        Sight seen = sight.apply(window);
        pairs.computeIfAbsent(new Place(seen.row(), seen.window().resolution()), Pair::new)
                .lane(seen.scope())
                .add(window);
    }

    /** What waits, in no order; of one row and scope in the order in which it came. */
    public List<W> waiting() {
        List<W> all = new ArrayList<>();
        for (Pair pair : pairs.values()) {
            pair.hall.waiting.forEach(one -> all.add(one.window()));
            pair.racks.waiting.forEach(one -> all.add(one.window()));
        }
        return all;
    }

    /** Lets go what has waited too long, and what comes after it, until its companions have caught up: late is worse than out of order. */
    public void giveUp(Predicate<W> tooLong, Consumer<W> next) {
        for (Pair pair : pairs.values()) {
            for (Lane first = pair.first();
                    !first.waiting.isEmpty()
                            && tooLong.test(first.waiting.element().window());
                    first = pair.first()) {
                pair.beside(first).excused = true;
                pair.advance(next);
            }
        }
    }
}
