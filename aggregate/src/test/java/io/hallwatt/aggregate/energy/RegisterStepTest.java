package io.hallwatt.aggregate.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.aggregate.energy.RegisterStep.Advance;
import io.hallwatt.aggregate.energy.RegisterStep.Ambiguous;
import io.hallwatt.aggregate.energy.RegisterStep.Glitch;
import io.hallwatt.aggregate.energy.RegisterStep.Jitter;
import io.hallwatt.aggregate.energy.RegisterStep.Jump;
import io.hallwatt.aggregate.energy.RegisterStep.Reset;
import io.hallwatt.aggregate.energy.RegisterStep.Suspect;
import io.hallwatt.aggregate.energy.RegisterStep.Wrap;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A register in Wh, 32 bits wide, of a rack of 140 kW, read each second: at most 44 counts a second. */
class RegisterStepTest {
    private static final MeterSpec METER =
            new MeterSpec("r001/A", 4_294_967_296_000L, 140_000, Duration.ofSeconds(1), 1_000);

    @Test
    void growth_within_what_the_feed_can_carry_is_an_advance() {
        assertThat(step(1_000, 1_010)).isEqualTo(new Advance(10_000));
        assertThat(step(1_021, 1_065)).isEqualTo(new Advance(44_000));
    }

    @Test
    void growth_beyond_it_is_suspect() {
        assertThat(step(1_021, 1_066)).isEqualTo(new Suspect(45_000));
        assertThat(step(1_021, 1_070)).isEqualTo(new Suspect(49_000));
    }

    @Test
    void a_step_back_of_two_counts_is_jitter() {
        assertThat(step(1_010, 1_009)).isEqualTo(new Jitter(1_000));
        assertThat(step(1_010, 1_008)).isEqualTo(new Jitter(2_000));
        assertThat(step(1_010, 1_007)).isEqualTo(new Suspect(-3_000));
    }

    @Test
    void a_register_that_wraps_loses_no_energy() {
        assertThat(step(4_294_967_290L, 4)).isEqualTo(new Wrap(10_000));
    }

    @Test
    void jitter_comes_before_the_wrap_where_both_would_fit() {
        MeterSpec small = new MeterSpec("small", 40_000, 140_000, Duration.ofSeconds(1), 1_000);

        assertThat(RegisterStep.between(small, at(0, 20), at(1, 19))).isEqualTo(new Jitter(1_000));
    }

    @Test
    void a_register_without_modulus_never_wraps() {
        MeterSpec endless = new MeterSpec("endless", 0, 140_000, Duration.ofSeconds(1), 1_000);

        assertThat(RegisterStep.between(endless, at(0, 100), at(1, 4))).isEqualTo(new Suspect(-96_000));
    }

    @Test
    void the_very_most_that_can_be_is_an_advance_and_a_wrap() {
        RegisterPoint before = at(0, 1_000);
        RegisterPoint last = at(0, 4_294_967_295L);

        assertThat(RegisterStep.between(METER, before, at(0, 1_002))).isEqualTo(new Advance(2_000));
        assertThat(RegisterStep.between(METER, before, at(0, 1_003))).isEqualTo(new Suspect(3_000));
        assertThat(RegisterStep.between(METER, last, at(0, 1))).isEqualTo(new Wrap(2_000));
        assertThat(RegisterStep.between(METER, last, at(0, 2))).isInstanceOf(Suspect.class);
    }

    /** 65.536 kWh, 140 kW and a tenth more: full again after 1,532 s. */
    private static final MeterSpec SMALL = new MeterSpec("r001/A", 65_536_000, 140_000, Duration.ofSeconds(1), 1_000);

    @Test
    void what_can_have_passed_its_modulus_proves_nothing_whichever_way_it_went() {
        assertThat(RegisterStep.between(SMALL, at(0, 0), at(1_531, 400))).isEqualTo(new Advance(400_000));
        assertThat(RegisterStep.between(SMALL, at(0, 500), at(1_531, 400))).isEqualTo(new Wrap(65_436_000));
        assertThat(RegisterStep.between(SMALL, at(0, 0), at(1_532, 400)))
                .isEqualTo(new Ambiguous(400_000, 65_536_000, 0));
        assertThat(RegisterStep.between(SMALL, at(0, 500), at(2_400, 400)))
                .isEqualTo(new Ambiguous(65_436_000, 65_536_000, 0));
        assertThat(RegisterStep.between(SMALL, at(0, 400), at(2_400, 1_531)))
                .isEqualTo(new Ambiguous(1_131_000, 65_536_000, 1));
        assertThat(RegisterStep.between(SMALL, at(0, 400), at(2_400, 399))).isEqualTo(new Jitter(1_000));
    }

    @Test
    void power_says_how_often_it_passed_its_modulus_where_it_is_known_all_the_way() {
        Ambiguous step = new Ambiguous(1_000, 100_000, 3);

        assertThat(step.by(new PowerBridge(7_200 * 50_999L, 0))).isEqualTo(1_000);
        assertThat(step.by(new PowerBridge(7_200 * 51_000L, 0))).isEqualTo(101_000);
        assertThat(step.by(new PowerBridge(7_200 * 207_000L, 0))).isEqualTo(201_000);
        assertThat(step.by(new PowerBridge(7_200 * 900_000L, 0)))
                .as("more than can have flowed")
                .isEqualTo(301_000);
        assertThat(step.by(new PowerBridge(0, 0))).isEqualTo(1_000);
        assertThat(step.by(new PowerBridge(7_200 * 207_000L, 1)))
                .as("power not known all the way")
                .isEqualTo(1_000);
    }

    @Test
    void a_register_beyond_its_modulus_has_not_wrapped_when_it_goes_on_below() {
        assertThat(step(4_294_967_296L, 0)).isEqualTo(new Wrap(0));
        assertThat(step(4_294_967_400L, 0)).isInstanceOf(Suspect.class);
    }

    @Test
    void where_both_fit_the_power_equally_the_accepted_reading_counts() {
        PowerBridge both = new PowerBridge(7_200 * 57_000L, 0);
        PowerBridge tail = new PowerBridge(7_200 * 8_000L, 0);

        assertThat(after(1_021, 1_070, 1_078, both, tail)).isEqualTo(new Glitch(new Advance(57_000)));
    }

    @Test
    void a_step_books_what_is_proved() {
        assertThat(new Advance(5).booked(PowerBridge.EMPTY)).isEqualTo(5);
        assertThat(new Wrap(5).booked(PowerBridge.EMPTY)).isEqualTo(5);
        assertThat(new Jitter(5).booked(PowerBridge.EMPTY)).isZero();
        assertThat(new Suspect(5).booked(PowerBridge.EMPTY)).isZero();
        assertThat(new Glitch(new Wrap(5)).booked(PowerBridge.EMPTY)).isEqualTo(5);
        assertThat(new Reset(5).booked(PowerBridge.EMPTY)).isEqualTo(5);
        assertThat(new Jump(5).booked(PowerBridge.EMPTY)).isEqualTo(5);
    }

    @Test
    void a_suspect_that_comes_back_was_a_glitch() {
        assertThat(after(1_021, 0, 1_043)).isEqualTo(new Glitch(new Advance(22_000)));
        assertThat(after(1_021, 0, 1_020)).isEqualTo(new Glitch(new Jitter(1_000)));
    }

    @Test
    void a_low_value_that_a_restarted_register_can_show_and_outgrow_is_a_guess_unless_power_tells() {
        PowerBridge unknown = new PowerBridge(0, 2_000);
        PowerBridge little = new PowerBridge(7_200 * 5_000L, 0); // as much as from 20 to 25
        PowerBridge tail = new PowerBridge(7_200 * 4_000L, 0);

        assertThat(after(20, 5, 25, unknown, unknown)).isEqualTo(new Glitch(new Advance(5_000), false));
        assertThat(after(20, 5, 25, little, tail)).isEqualTo(new Glitch(new Advance(5_000)));
        assertThat(after(1_021, 1_015, 1_030, unknown, unknown))
                .as("not counted from 0 in a second")
                .isEqualTo(new Glitch(new Advance(9_000)));
    }

    @Test
    void a_suspect_that_goes_on_from_below_was_a_reset() {
        assertThat(after(1_021, 0, 11)).isEqualTo(new Reset(11_000));
    }

    @Test
    void a_suspect_that_goes_on_from_above_was_a_jump() {
        assertThat(after(1_021, 50_000, 50_011)).isEqualTo(new Jump(11_000));
    }

    @Test
    void what_fits_neither_is_the_next_suspect() {
        assertThat(after(1_021, 50_000, 700)).isEqualTo(new Suspect(-321_000));
    }

    @Test
    void where_both_fit_the_step_nearer_to_the_power_wins_and_without_power_the_accepted_reading() {
        // suspect by 49 counts in 1 s; 1,078 after 2 s is 57 counts from the accepted reading and 8 from the suspect,
        // both possible
        PowerBridge slow = new PowerBridge(7_200 * 16_000L, 0);
        PowerBridge slowTail = new PowerBridge(7_200 * 8_000L, 0);
        PowerBridge fast = new PowerBridge(7_200 * 57_000L, 0);
        PowerBridge fastTail = new PowerBridge(7_200 * 28_000L, 0);
        PowerBridge unknown = new PowerBridge(0, 2_000);

        assertThat(after(1_021, 1_070, 1_078, slow, slowTail)).isEqualTo(new Jump(8_000));
        assertThat(after(1_021, 1_070, 1_078, fast, fastTail)).isEqualTo(new Glitch(new Advance(57_000)));
        assertThat(after(1_021, 1_070, 1_078, unknown, unknown)).isEqualTo(new Glitch(new Advance(57_000)));
    }

    private static RegisterStep step(long before, long after) {
        return RegisterStep.between(METER, at(0, before), at(1, after));
    }

    private static RegisterStep after(long accepted, long suspect, long next) {
        PowerBridge none = new PowerBridge(0, 1_000);
        return after(accepted, suspect, next, none, none);
    }

    private static RegisterStep after(long accepted, long suspect, long next, PowerBridge whole, PowerBridge tail) {
        return RegisterStep.afterSuspect(METER, at(0, accepted), at(1, suspect), at(2, next), whole, tail);
    }

    private static RegisterPoint at(long second, long counts) {
        return new RegisterPoint(second * 1_000, counts * 1_000);
    }
}
