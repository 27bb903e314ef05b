package io.hallwatt.benchmarks.alerts;

import io.hallwatt.app.summary.Summary.Latency;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.HdrHistogram.Histogram;

/** Reads a page of metrics again and again, as Prometheus would if it were in a hurry, and takes the time that it waits for it. */
final class Scraper implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private final Duration every;
    private final InstantSource clock;
    private final BiConsumer<String, Instant> reader;
    private final Histogram millis = new Histogram(PATIENCE.toMillis(), 3);
    private final Thread thread;
    private volatile boolean stopping;
    private long bytes;
    private long refused;

    /**
     * @param every  from the end of one to the beginning of the next
     * @param reader takes each page, and when it was whole; on the scraper's thread
     */
    Scraper(URI page, Duration every, InstantSource clock, BiConsumer<String, Instant> reader) {
        this.request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
        this.every = every;
        this.clock = clock;
        this.reader = reader;
        this.thread = Thread.ofPlatform().name("hallwatt-bench-scraper").start(this::run);
    }

    /** Forgets what was. */
    synchronized void begin() {
        millis.reset();
        bytes = 0;
    }

    synchronized Latency latency() {
        return new Latency(millis.getValueAtPercentile(50), millis.getValueAtPercentile(99), millis.getMaxValue());
    }

    /** Of the largest page. */
    synchronized long bytes() {
        return bytes;
    }

    /** Pages that did not come, or not with status 200. */
    synchronized long refused() {
        return refused;
    }

    private void run() {
        while (!stopping) {
            try {
                scrape();
                TimeUnit.NANOSECONDS.sleep(every.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void scrape() throws InterruptedException {
        long began = System.nanoTime();
        try {
            HttpResponse<String> page = client.send(request, HttpResponse.BodyHandlers.ofString());
            took(System.nanoTime() - began, page.body().length(), page.statusCode() == 200);
            reader.accept(page.body(), clock.instant());
        } catch (IOException e) {
            took(System.nanoTime() - began, 0, false);
        }
    }

    private synchronized void took(long nanos, int length, boolean served) {
        millis.recordValue(Math.min(PATIENCE.toMillis(), TimeUnit.NANOSECONDS.toMillis(nanos)));
        bytes = Math.max(bytes, length);
        refused += served ? 0 : 1;
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
        client.close();
    }
}
