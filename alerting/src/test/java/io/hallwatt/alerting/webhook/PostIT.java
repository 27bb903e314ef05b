package io.hallwatt.alerting.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.tls.TlsFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Posts over real sockets, names looked up by the test. */
class PostIT {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private StubReceiver receiver;

    @BeforeEach
    void open() throws Exception {
        receiver = new StubReceiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void a_post_arrives_as_it_was_written() {
        Outcome outcome = post(receiver.url(), true).send(BODY, Map.of("X-Hallwatt-Delivery", "id-1"));

        assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
        assertThat(receiver.got).singleElement().satisfies(got -> {
            assertThat(got.path()).isEqualTo("/hooks/ops?key=1");
            assertThat(got.host()).isEqualTo("127.0.0.1:" + receiver.port());
            assertThat(got.delivery()).isEqualTo("id-1");
            assertThat(got.body()).isEqualTo("{}");
        });
    }

    @Test
    void nothing_goes_to_a_private_address_unless_that_is_allowed() {
        Outcome outcome = post(receiver.url(), false).send(BODY, Map.of());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.TryAgain.class,
                        again -> assertThat(again.why()).contains("127.0.0.1").contains("allow-private"));
        assertThat(receiver.got).isEmpty();
    }

    /** The name's second answer would lead elsewhere: it is not asked for. */
    @Test
    void a_name_is_looked_up_once_and_that_address_is_taken() {
        AtomicInteger asked = new AtomicInteger();
        Post.Resolver turning =
                host -> InetAddress.getAllByName(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");
        URI url = URI.create("http://hooks.example:%d/".formatted(receiver.port()));

        Outcome outcome = new Post(url, new TlsFiles(null, null, null).context(), turning, true, Duration.ofSeconds(5))
                .send(BODY, Map.of());

        assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
        assertThat(asked).hasValue(1);
        assertThat(receiver.got)
                .singleElement()
                .satisfies(got -> assertThat(got.host()).isEqualTo("hooks.example:" + receiver.port()));
    }

    @Test
    void a_redirection_is_not_followed() throws Exception {
        try (StubReceiver other = new StubReceiver()) {
            receiver.status = 302;
            receiver.location = other.url().toString();

            assertThat(post(receiver.url(), true).send(BODY, Map.of())).isEqualTo(new Outcome.Rejected("status 302"));
            assertThat(other.got).isEmpty();
        }
    }

    @Test
    void one_that_does_not_answer_costs_the_timeout_and_no_more() {
        receiver.answersAfter = new CountDownLatch(1);
        long began = System.nanoTime();

        Outcome outcome = new Post(
                        receiver.url(),
                        new TlsFiles(null, null, null).context(),
                        InetAddress::getAllByName,
                        true,
                        Duration.ofMillis(300))
                .send(BODY, Map.of());

        assertThat(outcome).isEqualTo(new Outcome.TryAgain("no answer within 300 ms"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void one_that_speaks_something_else_or_closes_is_tried_again() throws Exception {
        try (ServerSocket odd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answers = Thread.ofVirtual().start(() -> {
                try (Socket socket = odd.accept();
                        OutputStream out = socket.getOutputStream()) {
                    out.write("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });

            Outcome outcome = post(URI.create("http://127.0.0.1:" + odd.getLocalPort()), true)
                    .send(BODY, Map.of());

            assertThat(outcome).isInstanceOf(Outcome.TryAgain.class);
            answers.join();
        }
        assertThat(post(URI.create("http://no-such-host.invalid/"), true).send(BODY, Map.of()))
                .isEqualTo(new Outcome.TryAgain("no-such-host.invalid: no such host"));
    }

    private static Post post(URI url, boolean allowPrivate) {
        return new Post(
                url,
                new TlsFiles(null, null, null).context(),
                InetAddress::getAllByName,
                allowPrivate,
                Duration.ofSeconds(5));
    }
}
