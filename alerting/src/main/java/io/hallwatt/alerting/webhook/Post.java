package io.hallwatt.alerting.webhook;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 POST over a connection of its own, to an address that was looked at. The JDK's client looks a name up by itself, after whatever was checked,
 * and cannot be told which address to take: so this is done on a socket (ADR 7). Only the answer's status is read.
 */
final class Post {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final URI url;
    private final SSLContext tls;
    private final Resolver resolver;
    private final boolean allowPrivate;
    private final Duration timeout;

    /** Looks a host's name up. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    Post(URI url, SSLContext tls, Resolver resolver, boolean allowPrivate, Duration timeout) {
        this.url = url;
        this.tls = tls;
        this.resolver = resolver;
        this.allowPrivate = allowPrivate;
        this.timeout = timeout;
    }

    /** Takes no longer than the timeout, whatever the other end does: what is under way then is cut off. */
    Outcome send(byte[] body, Map<String, String> headers) {
        Delivery delivery = new Delivery(body, headers);
        FutureTask<Outcome> task = new FutureTask<>(delivery);
        Thread.ofVirtual().name("webhook post").start(task);
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Outcome.TryAgain("no answer within %d ms".formatted(timeout.toMillis()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.TryAgain("ended before it was answered");
        } finally {
            delivery.abandon();
        }
    }

    /** One post, on a thread of its own. */
    private final class Delivery implements Callable<Outcome> {
        private final long deadline = System.nanoTime() + timeout.toNanos();
        private final byte[] body;
        private final Map<String, String> headers;
        private boolean abandoned;
        private @Nullable Socket open;

        Delivery(byte[] body, Map<String, String> headers) {
            this.body = body;
            this.headers = headers;
        }

        @Override
        public Outcome call() {
            try {
                List<InetAddress> found = List.of(resolver.addresses(host()));
                List<InetAddress> allowed = found.stream()
                        .filter(address -> Addresses.allowed(address, allowPrivate))
                        .toList();
                if (allowed.isEmpty()) {
                    return new Outcome.TryAgain(
                            "%s has only addresses that posts must not go to: %s; allow-private: true allows private and loopback ones"
                                    .formatted(host(), found));
                }
                return post(allowed);
            } catch (UnknownHostException e) {
                return new Outcome.TryAgain("%s: no such host".formatted(host()));
            } catch (IOException e) {
                return new Outcome.TryAgain(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }

        /** To the first address that answers; once something was written, no other is tried: it may have arrived. */
        private Outcome post(List<InetAddress> addresses) throws IOException {
            IOException last = new IOException("no address");
            for (int i = 0; i < addresses.size(); i++) {
                Socket connected;
                try {
                    connected = connected(addresses.get(i), addresses.size() - i);
                } catch (IOException e) {
                    last = e;
                    continue;
                }
                try (connected) {
                    OutputStream out = connected.getOutputStream();
                    out.write(head(body.length, headers));
                    out.write(body);
                    out.flush();
                    return Outcome.of(Status.read(connected.getInputStream()));
                }
            }
            throw last;
        }

        /** @param left so many addresses have to share the time that is left */
        private Socket connected(InetAddress address, int left) throws IOException {
            Socket socket = open();
            try {
                socket.connect(new InetSocketAddress(address, port()), patience(left));
                return secure() ? shaken(socket) : socket;
            } catch (IOException e) {
                socket.close();
                throw new IOException("%s: %s".formatted(address.getHostAddress(), e.getMessage()), e);
            }
        }

        private int patience(int addresses) {
            long millis = (deadline - System.nanoTime()) / 1_000_000L / addresses;
            return (int) Math.clamp(millis, 1, CONNECT.toMillis());
        }

        private synchronized Socket open() throws IOException {
            if (abandoned) {
                throw new IOException("nobody waits for it any more");
            }
            Socket socket = new Socket();
            open = socket;
            return socket;
        }

        /** Whatever it waits for ends by that. */
        synchronized void abandon() {
            abandoned = true;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** The name stays the one that was configured: for it the certificate must be good. */
    private SSLSocket shaken(Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, host(), port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private byte[] head(int length, Map<String, String> headers) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        StringBuilder head = new StringBuilder("POST ")
                .append(path)
                .append(url.getRawQuery() == null ? "" : "?" + url.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort())
                .append("\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ")
                .append(length)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private boolean secure() {
        return url.getScheme().equals("https");
    }

    /** Without the brackets of an IPv6 address. */
    private String host() {
        return url.getHost().replaceAll("^\\[|]$", "");
    }

    private int port() {
        return url.getPort() >= 0 ? url.getPort() : secure() ? 443 : 80;
    }
}
