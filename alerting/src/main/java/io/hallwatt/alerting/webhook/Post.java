package io.hallwatt.alerting.webhook;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One HTTP/1.1 POST over a connection of its own, to an address that was looked at. The JDK's client looks a name up by itself, after whatever was checked,
 * and cannot be told which address to take: so this is done on a socket (ADR 7). Only the answer's status is read.
 */
final class Post {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int LONGEST_STATUS_LINE = 1_024;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");

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

    Outcome send(byte[] body, Map<String, String> headers) {
        long deadline = System.nanoTime() + timeout.toNanos();
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
            return send(allowed.getFirst(), body, headers, deadline);
        } catch (UnknownHostException e) {
            return new Outcome.TryAgain("%s: no such host".formatted(host()));
        } catch (SocketTimeoutException e) {
            return new Outcome.TryAgain("no answer within %d ms".formatted(timeout.toMillis()));
        } catch (IOException e) {
            return new Outcome.TryAgain(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private Outcome send(InetAddress address, byte[] body, Map<String, String> headers, long deadline)
            throws IOException {
        try (Socket socket = new Socket()) {
            int patience = Math.min(left(deadline), (int) CONNECT.toMillis());
            socket.connect(new InetSocketAddress(address, port()), patience);
            socket.setSoTimeout(left(deadline));
            try (Socket speaking = secure() ? shaken(socket) : socket) {
                OutputStream out = speaking.getOutputStream();
                out.write(head(body.length, headers));
                out.write(body);
                out.flush();
                return Outcome.of(status(speaking, deadline));
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

    private static int status(Socket socket, long deadline) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String line = line(in, socket, deadline);
        Matcher matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IOException("no HTTP answer");
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Byte by byte, so that one who sends a byte now and then cannot hold the line beyond the time. */
    private static String line(InputStream in, Socket socket, long deadline) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (line.size() < LONGEST_STATUS_LINE) {
            socket.setSoTimeout(left(deadline));
            int next = in.read();
            if (next < 0 || next == '\n') {
                break;
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private static int left(long deadline) throws SocketTimeoutException {
        long millis = Math.ceilDiv(deadline - System.nanoTime(), 1_000_000L);
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return Math.toIntExact(millis);
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
