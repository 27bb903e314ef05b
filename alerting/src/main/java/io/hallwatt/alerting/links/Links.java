package io.hallwatt.alerting.links;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whole links, and none that lead nowhere: what is not configured is not linked to.
 *
 * @param console  where people reach the console; null where that is not configured
 * @param runbooks what a rule's relative {@code runbook_url} is below of; null where that is not configured
 */
public record Links(@Nullable URI console, @Nullable URI runbooks) {
    public static final Links NONE = new Links(null, null);

    private static final String RUNBOOK_URL = "runbook_url";
    /** RFC 3986 §3.1. */
    private static final Pattern SCHEME = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*:");

    /** The alert's own page. */
    public Optional<URI> alert(String fingerprint) {
        return Optional.ofNullable(console).map(base -> URI.create(below(base, "alerts#" + encoded(fingerprint))));
    }

    /**
     * An alert's annotations with what people follow: {@code link}, the page of its hall or, where it has none, its own; and {@code runbook_url} whole. A runbook
     * that stands nobody knows where is named in {@code runbook}, and is no link.
     *
     * @param annotations as they were rendered
     */
    public SortedMap<String, String> complete(
            Map<String, String> annotations, Map<String, String> labels, String fingerprint) {
        SortedMap<String, String> complete = new TreeMap<>(annotations);
        place(labels, fingerprint).ifPresent(page -> complete.putIfAbsent("link", page));
        String runbook = complete.getOrDefault(RUNBOOK_URL, "");
        if (!runbook.isEmpty() && !SCHEME.matcher(runbook).find()) {
            complete.remove(RUNBOOK_URL);
            if (runbooks == null) {
                complete.putIfAbsent("runbook", runbook);
            } else {
                complete.put(RUNBOOK_URL, below(runbooks, runbook));
            }
        }
        return complete;
    }

    /** The page of its hall, where it has one: there is what to look at. */
    private Optional<String> place(Map<String, String> labels, String fingerprint) {
        String hall = labels.getOrDefault("hall", "");
        return hall.isEmpty()
                ? alert(fingerprint).map(URI::toString)
                : Optional.ofNullable(console).map(base -> below(base, "halls/" + encoded(hall)));
    }

    private static String below(URI base, String path) {
        return base.toString().replaceFirst("/+$", "") + "/" + path.replaceFirst("^/+", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
