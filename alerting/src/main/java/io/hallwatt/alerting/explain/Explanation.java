package io.hallwatt.alerting.explain;

import io.hallwatt.alerting.evaluate.Probe;
import io.hallwatt.alerting.evaluate.Term;
import io.hallwatt.alerting.expr.Bound;
import io.hallwatt.alerting.expr.Condition;
import io.hallwatt.alerting.history.Episode;
import io.hallwatt.alerting.rule.Rule;
import io.hallwatt.alerting.state.OnMissing;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.Window;
import io.hallwatt.contract.config.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One rule and one element: what was told of it last, and what the newest window says.
 *
 * @param element what the rule sees there
 * @param window  the newest one
 * @param episode the alert's, where it lasts; absent where it is inactive
 * @param planned name of the planned work that covers the alert now; absent outside of any
 */
public record Explanation(
        Rule rule,
        Probe.Element element,
        Window window,
        @Nullable Episode episode,
        @Nullable String planned) {
    private static final MathContext DIGITS = new MathContext(6);

    /** Where the alert stands. */
    public AlertState state() {
        return episode == null ? AlertState.INACTIVE : episode.state();
    }

    /** Why it stands there, and what it takes to change that; a few sentences. */
    public String why() {
        String standing = switch (state()) {
            case FIRING -> "It fires since %s. %s".formatted(since(), whileFiring());
            case PENDING -> "It is pending since %s. %s".formatted(episodeBegan(), whilePending());
            case UNKNOWN ->
                "It %s until values stopped, and is unknown: silence is no recovery. %s"
                        .formatted(fired() ? "fired" : "was pending", whileUnknown());
            case SUPPRESSED ->
                "It is in breach, and kept quiet: an alert of its parent %s speaks for it. See that one first."
                        .formatted(Objects.requireNonNullElse(rule.parent(), "rule"));
            case INACTIVE -> "It does not fire. " + whileInactive();
        };
        return plannedWork().map(sentence -> standing + " " + sentence).orElse(standing);
    }

    /** Why nobody hears of it, where that is planned work. */
    private Optional<String> plannedWork() {
        String began = episode == null ? null : episode.maintenance();
        if (state() == AlertState.FIRING) {
            return began == null
                    ? Optional.empty()
                    : Optional.of(
                            "Nobody is told: it began to fire in planned work (%s), and is told when that is over, if it still fires."
                                    .formatted(began));
        }
        return planned == null
                ? Optional.empty()
                : Optional.of(
                        "Planned work (%s) covers it now: if it fires, that is recorded, and nobody is told until the work is over."
                                .formatted(planned));
    }

    /**
     * What was told last against a bound that is not the rule's: then other rules judged, or an older form of this one.
     *
     * @return a sentence for whoever trusts the explanation
     */
    public Optional<String> doubt() {
        Double judged = episode == null ? null : episode.threshold();
        Double here = rule.condition().threshold().orElse(null);
        return judged == null || judged.equals(here)
                ? Optional.empty()
                : Optional.of(
                        "What was told last was judged against %s, and this rule says %s: other rules run, or it was changed since."
                                .formatted(number(judged), here == null ? "no number" : number(here)));
    }

    private String whileFiring() {
        return switch (element.verdict()) {
            case BREACH -> upper(holds()) + "." + " " + held().orElseGet(this::toEnd);
            case BETWEEN ->
                "%s, but it goes on until it is not %s either (clear)%s."
                        .formatted(upper(holdsNot()), clear(), distance());
            case CLEAR ->
                held().isPresent()
                        ? upper(holdsNot()) + ". " + held().get()
                        : rule.machine().keepFiringFor().isZero()
                                ? "%s: the end of it is on its way.".formatted(upper(holdsNot()))
                                : "%s; it ends when that has lasted %s (keep_firing_for)."
                                        .formatted(
                                                upper(holdsNot()),
                                                Durations.format(rule.machine().keepFiringFor()));
            case MISSING -> missing() + " " + onMissing();
            case GONE -> gone() + " The end of it is on its way.";
            case NOTHING -> nothing() + " The end of it is on its way.";
        };
    }

    /** What it takes to end while the expression holds. */
    private String toEnd() {
        if (rule.condition() instanceof Condition.Always) {
            return "It always does: that it comes is what it is for.";
        }
        Duration lasting = rule.machine().keepFiringFor();
        return "It ends when %s%s%s."
                .formatted(
                        rule.condition().bounds().isEmpty()
                                ? "the expression does not hold"
                                : "the value is not %s"
                                        .formatted(rule.clear() == null ? bounds() : clear() + " (clear)"),
                        distance(),
                        lasting.isZero()
                                ? ""
                                : ", and that has lasted %s (keep_firing_for)".formatted(Durations.format(lasting)));
    }

    /** How far the value is from the bound that ends what fires; empty where there is no single one, or no distance to it. */
    public OptionalDouble toGo() {
        Bound bound = ending();
        double distance = bound == null ? Double.NaN : Math.abs(element.value() - bound.limit());
        boolean ordered = bound != null
                && switch (bound.comparator()) {
                    case ABOVE, AT_LEAST, BELOW, AT_MOST -> true;
                    case EQUAL, UNEQUAL -> false;
                };
        return ordered && Double.isFinite(distance) ? OptionalDouble.of(distance) : OptionalDouble.empty();
    }

    /** As long as it holds, what fires goes on; absent where no single bound decides. */
    public @Nullable Bound ending() {
        if (rule.clear() != null) {
            return rule.clear();
        }
        return rule.condition().bounds().size() == 1 ? rule.condition().bounds().getFirst() : null;
    }

    private String distance() {
        OptionalDouble toGo = toGo();
        return toGo.isPresent() ? ": %s to go".formatted(number(toGo.getAsDouble())) : "";
    }

    /** That it came and went too often to be let go at once. */
    private Optional<String> held() {
        boolean flapping = episode != null && episode.annotations().containsKey("flapping");
        return flapping && rule.damping() != null
                ? Optional.of(
                        "It came and went more than %s within %s, so it is held firing until it has been clear for %s (flapping)."
                                .formatted(
                                        rule.damping().firings() == 1
                                                ? "once"
                                                : rule.damping().firings() + " times",
                                        Durations.format(rule.damping().within()),
                                        Durations.format(rule.damping().within())))
                : Optional.empty();
    }

    private String whilePending() {
        return switch (element.verdict()) {
            case BREACH -> {
                Instant fires = episodeBegan().plus(rule.machine().pendingFor());
                Duration left = Duration.between(window.end(), fires);
                yield "%s; if that lasts, it fires at %s, %s"
                        .formatted(
                                upper(holds()),
                                fires,
                                left.isPositive()
                                        ? "in %s (for: %s)."
                                                .formatted(
                                                        Durations.format(left),
                                                        Durations.format(
                                                                rule.machine().pendingFor()))
                                        : "now.");
            }
            case BETWEEN, CLEAR -> "%s: the end of it is on its way.".formatted(upper(holdsNot()));
            case GONE -> gone() + " The end of it is on its way.";
            case NOTHING -> nothing() + " The end of it is on its way.";
            case MISSING -> missing() + " " + onMissing();
        };
    }

    private String whileUnknown() {
        return switch (element.verdict()) {
            case MISSING -> missing();
            case GONE -> gone() + " The end of it is on its way.";
            case BREACH, BETWEEN, CLEAR, NOTHING -> "Values are back: the next window decides.";
        };
    }

    private String whileInactive() {
        return switch (element.verdict()) {
            case BREACH ->
                "%s in the newest window: it begins with the next that is evaluated.".formatted(upper(holds()));
            case BETWEEN, CLEAR -> upper(holdsNot()) + ".";
            case MISSING ->
                missing()
                        + switch (rule.machine().onMissing()) {
                            case KEEP -> " Without one nothing begins (on_missing: keep).";
                            case RESOLVE -> " Without one nothing begins (on_missing: resolve).";
                            case ALERT -> " HallwattBlind says that this rule cannot see (on_missing: alert).";
                            case BREACH -> " That counts as breach (on_missing: breach).";
                        };
            case GONE -> gone();
            case NOTHING -> nothing();
        };
    }

    /** Whether the rule looks elsewhere, or which part of the expression lets nothing through. */
    private String nothing() {
        return Reasons.elsewhere(element.term())
                .map("The rule does not look here: %s."::formatted)
                .orElseGet(() -> "The expression lets nothing through: %s.".formatted(Reasons.nothing(element.term())));
    }

    private String missing() {
        if (element.term().known() == Term.Known.MISSING) {
            return "There is no value of %s: see whether the devices report."
                    .formatted(Reasons.missing(element.term()));
        }
        return "Only %s of the window is known, and min_coverage asks for %s: see which devices are silent."
                .formatted(number(element.coverage()), number(rule.minCoverage()));
    }

    private static String gone() {
        return "There is no value, and the site model has no such feed, cooling unit or supply source: nothing is missing.";
    }

    private String onMissing() {
        OnMissing onMissing = rule.machine().onMissing();
        return switch (onMissing) {
            case KEEP, ALERT ->
                "It stays as it is; after %s it is called unknown (max_gap)."
                        .formatted(Durations.format(rule.machine().maxGap()));
            case BREACH -> "That counts as breach (on_missing: breach).";
            case RESOLVE -> "That counts as recovery (on_missing: resolve).";
        };
    }

    private boolean fired() {
        return episode != null && episode.fired();
    }

    private Instant episodeBegan() {
        return episode == null ? window.end() : episode.began();
    }

    /** When it fired, and from which breach on that was counted. */
    private String since() {
        Instant fired = episode == null ? null : episode.firedAt();
        return fired == null
                ? "its first breach at %s or later".formatted(episodeBegan())
                : fired.equals(episodeBegan())
                        ? "%s, its first breach".formatted(fired)
                        : "%s (first breach: %s)".formatted(fired, episodeBegan());
    }

    private String holds() {
        if (Double.isNaN(element.value())) {
            return "the expression holds";
        }
        return rule.condition().bounds().isEmpty()
                ? "the expression holds: " + Reasons.holding(element.term())
                : "the value %s is %s".formatted(number(element.value()), bounds());
    }

    private String holdsNot() {
        if (element.term().known() == Term.Known.VALUE && Double.isNaN(element.value())) {
            return "the value is no number (NaN: a division of 0 by 0, or the like), which is not " + bounds();
        }
        return rule.condition().bounds().isEmpty() || Double.isNaN(element.value())
                ? "the expression does not hold"
                : "the value %s is not %s".formatted(number(element.value()), bounds());
    }

    private String bounds() {
        return rule.condition().bounds().stream().map(Explanation::text).collect(Collectors.joining(" and "));
    }

    private String clear() {
        return rule.clear() == null ? "" : text(rule.clear());
    }

    /** {@code > 0.8}. */
    public static String text(Bound bound) {
        return bound.comparator().symbol() + " " + number(bound.limit());
    }

    /** Six digits: enough to see on which side of a bound it is. */
    public static String number(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }

    private static String upper(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    /** What is looked at, as lines {@code name value}; the names fill 10 columns. */
    public List<String> facts(Instant now) {
        List<String> facts = new ArrayList<>();
        facts.add("window    %s to %s, %s ago"
                .formatted(
                        window.start(),
                        window.end(),
                        Durations.format(Duration.ofSeconds(
                                Math.max(0, Duration.between(window.end(), now).toSeconds())))));
        facts.add("expr      " + rule.expr().strip().replaceAll("\\s+", " "));
        facts.add("reads     "
                + (element.operands().isEmpty()
                        ? "nothing"
                        : element.operands().entrySet().stream()
                                .map(operand -> operand.getKey() + " = " + shown(operand.getValue()))
                                .collect(Collectors.joining(", "))));
        element.term().ranges().stream()
                .map(Explanation::range)
                .distinct()
                .forEach(range -> facts.add("range     " + range));
        facts.add("coverage  %s of the window is known".formatted(number(element.coverage())));
        return facts;
    }

    private static String range(Term term) {
        Term.Basis basis = Objects.requireNonNull(term.basis(), "of a range");
        return "%s = %s, of %d of %d windows in (%s, %s]"
                .formatted(
                        term.formula().text(),
                        shown(term.value()),
                        basis.windows(),
                        basis.expected(),
                        basis.from(),
                        basis.to());
    }

    private static String shown(double value) {
        return Double.isNaN(value) ? "missing" : number(value);
    }
}
