package io.hallwatt.alerting.alertmanager;

import io.hallwatt.contract.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One Alertmanager's API, v2. */
final class AlertsApi {
    /** Of an answer's body; what is longer is no reason. */
    private static final int LONGEST_REASON = 512;

    private final HttpClient client;
    private final URI endpoint;
    private final Duration timeout;
    private final @Nullable String authorization;

    AlertsApi(HttpClient client, URI url, AlertmanagerConfig config) {
        this.client = client;
        this.endpoint = URI.create(url.toString().replaceFirst("/+$", "") + "/api/v2/alerts");
        this.timeout = config.timeout();
        this.authorization = authorization(config).orElse(null);
    }

    /** RFC 7617, RFC 6750. */
    private static Optional<String> authorization(AlertmanagerConfig config) {
        if (!config.bearerToken().isEmpty()) {
            return Optional.of("Bearer " + config.bearerToken().reveal());
        }
        return Optional.of(config.password())
                .filter(password -> !password.isEmpty())
                .map(Secret::reveal)
                .map(password -> (config.username() + ":" + password).getBytes(StandardCharsets.UTF_8))
                .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** Given up where somebody else could have by now what it is about: it must not arrive after what that one says. */
    Answer post(Request request) throws InterruptedException {
        HttpRequest.Builder http = HttpRequest.newBuilder(endpoint)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(AlertsJson.write(request)));
        if (authorization != null) {
            http.header("Authorization", authorization);
        }
        try {
            HttpResponse<InputStream> response = answered(http.build(), request).orElse(null);
            if (response == null) {
                return new Answer.Failed("no answer for as long as the halls are surely ours");
            }
            try (InputStream body = response.body()) {
                return answer(response, body);
            }
        } catch (HttpTimeoutException e) {
            return new Answer.Failed("no answer within " + timeout.toMillis() + " ms");
        } catch (ConnectException e) {
            return new Answer.Failed("it cannot be reached"); // the JDK's own message is often null
        } catch (IOException e) {
            return new Answer.Failed(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private Optional<HttpResponse<InputStream>> answered(HttpRequest http, Request request)
            throws InterruptedException, IOException {
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(http, HttpResponse.BodyHandlers.ofInputStream());
        try {
            for (Duration left = request.left(); left.isPositive(); left = request.left()) {
                try {
                    return Optional.of(answer.get(left.toNanos(), TimeUnit.NANOSECONDS));
                } catch (TimeoutException e) {
                    // signs of the group may have made it longer meanwhile
                }
            }
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("a request failed in an unknown way", e.getCause());
        } finally {
            answer.cancel(true); // nothing, where it has come
        }
    }

    private static Answer answer(HttpResponse<InputStream> response, InputStream body) throws IOException {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Answer.Taken(
                    response.headers().firstValue("Date").map(AlertsApi::date).orElse(null));
        }
        String why = "status %d %s".formatted(status, reason(body)).strip();
        // 413: too much at once, and halves may pass.
        return status == 400 || status == 413 ? new Answer.Refused(why) : new Answer.Failed(why);
    }

    private static String reason(InputStream body) throws IOException {
        return new String(body.readNBytes(LONGEST_REASON), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}+", " ");
    }

    private static @Nullable Instant date(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
