package io.hallwatt.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS) // there is no such signal
class HangupIT {
    @Test
    void the_signal_is_heard_each_time_and_ends_nothing() throws Exception {
        CountDownLatch heard = new CountDownLatch(2);
        Hangup.listen(heard::countDown);

        signal();
        while (heard.getCount() == 2) {
            Thread.onSpinWait(); // two that come at once may be heard as one
        }
        signal();

        assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private static void signal() throws Exception {
        long ourselves = ProcessHandle.current().pid();
        assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(ourselves))
                        .start()
                        .waitFor())
                .isZero();
    }
}
