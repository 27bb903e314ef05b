package io.hallwatt.alerting.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallwatt.alerting.tls.TlsFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
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

    @Test
    void of_several_addresses_the_next_is_taken_where_one_does_not_answer_and_none_that_is_not_allowed() {
        // Only the second is the receiver's: it listens on that one alone.
        Post.Resolver several = host -> Stream.of("169.254.0.1", "127.0.0.9", "127.0.0.1")
                .map(PostIT::address)
                .toArray(InetAddress[]::new);
        URI url = URI.create("http://hooks.example:%d/".formatted(receiver.port()));

        Outcome outcome = new Post(url, new TlsFiles(null, null, null).context(), several, true, Duration.ofSeconds(5))
                .send(BODY, Map.of());

        assertThat(outcome).isEqualTo(Outcome.ACCEPTED);
        assertThat(receiver.got).hasSize(1);
    }

    @Test
    void interim_answers_are_not_taken_for_the_answer() throws Exception {
        assertThat(
                        answered(
                                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No\r\n\r\n"))
                .isEqualTo(Outcome.ACCEPTED);
        assertThat(answered("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 400 Bad\r\n\r\n"))
                .isEqualTo(new Outcome.Rejected("status 400"));
        assertThat(answered("HTTP/1.1 100 Continue\r\n\r\n"))
                .isEqualTo(new Outcome.TryAgain("IOException: closed before its answer was whole"));
        assertThat(answered("HTTP/1.1 101 Switching Protocols\r\n\r\n"))
                .isEqualTo(new Outcome.TryAgain("IOException: it answers by another protocol"));
    }

    @Test
    void one_that_sends_interim_answers_without_end_is_not_listened_to_without_end() throws Exception {
        assertThat(answered("HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000))).isInstanceOf(Outcome.TryAgain.class);
        assertThat(answered("x".repeat(100_000))).isInstanceOf(Outcome.TryAgain.class);
    }

    /** Each byte comes within any timeout of a read; the whole does not. */
    @Test
    void one_that_answers_byte_by_byte_costs_the_timeout_and_no_more() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answers = Thread.ofVirtual().start(() -> {
                try (Socket socket = slow.accept();
                        OutputStream out = socket.getOutputStream()) {
                    while (true) {
                        out.write(' ');
                        TimeUnit.MILLISECONDS.sleep(20); // its pace; nothing waits for it
                    }
                } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt(); // it was cut off, as it is to be
                }
            });

            assertThat(post(URI.create("http://127.0.0.1:" + slow.getLocalPort()), Duration.ofMillis(300))
                            .send(BODY, Map.of()))
                    .isEqualTo(new Outcome.TryAgain("no answer within 300 ms"));
            answers.join();
        }
    }

    @Test
    void one_that_does_not_read_or_whose_name_is_not_found_in_time_costs_the_timeout_and_no_more() throws Exception {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(post(URI.create("http://127.0.0.1:" + deaf.getLocalPort()), Duration.ofMillis(300))
                            .send(new byte[64_000_000], Map.of()))
                    .isEqualTo(new Outcome.TryAgain("no answer within 300 ms"));
        }
        CountDownLatch found = new CountDownLatch(1);
        Post.Resolver slow = host -> {
            try {
                found.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return InetAddress.getAllByName("127.0.0.1");
        };
        Outcome outcome = new Post(
                        receiver.url(), new TlsFiles(null, null, null).context(), slow, true, Duration.ofMillis(300))
                .send(BODY, Map.of());
        assertThat(outcome).isEqualTo(new Outcome.TryAgain("no answer within 300 ms"));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getAllByName(literal)[0];
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** What comes of it where the other end reads the whole request, says this and closes. */
    private static Outcome answered(String answer) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answers = Thread.ofVirtual().start(() -> {
                try (Socket socket = other.accept();
                        BufferedReader in = new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
                    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                        assertThat(line).doesNotContain("Expect");
                    }
                    assertThat(in.skip(BODY.length)).isEqualTo(BODY.length);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                } catch (SocketException e) {
                    assertThat(e).as("was not listened to until its end").isNotNull();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            Outcome outcome = post(URI.create("http://127.0.0.1:" + other.getLocalPort()), true)
                    .send(BODY, Map.of());
            answers.join();
            return outcome;
        }
    }

    private static Post post(URI url, Duration timeout) {
        return new Post(url, new TlsFiles(null, null, null).context(), InetAddress::getAllByName, true, timeout);
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
