package io.hallwatt.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS) // there is no such signal
class HangupIT {
    @Test
    void the_signal_is_heard_each_time_and_ends_nothing() throws Exception {
        assumeFalse(ignored(), "SIGHUP is ignored by whoever started this, nohup for one: it cannot be heard");
        CountDownLatch heard = new CountDownLatch(2);
        Hangup.listen(heard::countDown);

        signal();
        await().until(() -> heard.getCount() < 2); // two that come at once may be heard as one
        signal();

        assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Linux says so of each process: the first of 64 bits in hexadecimal digits is SIGHUP's. */
    private static boolean ignored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) == 1);
    }

    private static void signal() throws Exception {
        long ourselves = ProcessHandle.current().pid();
        assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(ourselves))
                        .start()
                        .waitFor())
                .isZero();
    }
}
