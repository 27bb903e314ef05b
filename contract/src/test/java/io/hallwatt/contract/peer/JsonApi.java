package io.hallwatt.contract.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** What a program on loopback answers in JSON; tests start and stop it while they ask. */
public final class JsonApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI program;

    public JsonApi(int port) {
        this.program = URI.create("http://127.0.0.1:" + port);
    }

    /**
     * A missing node as long as it does not answer, or not with 200.
     *
     * @param page from its slash on, with its query
     */
    public JsonNode get(String page) {
        HttpRequest request = HttpRequest.newBuilder(program.resolve(page))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : MissingNode.getInstance();
        } catch (ConnectException | HttpTimeoutException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while %s was asked".formatted(program), e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
