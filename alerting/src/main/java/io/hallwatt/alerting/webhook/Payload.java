package io.hallwatt.alerting.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.hallwatt.alerting.links.Links;
import io.hallwatt.contract.AlertState;
import io.hallwatt.contract.AlertTransition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The body of a post: Alertmanager's webhook body, version 4, with one alert, so that what receives Alertmanager's receives ours; and beside it {@code delivery}
 * and {@code transition}, which are ours. {@code startsAt} is the episode's first breach, in its beginning and its end alike: with the fingerprint it joins the
 * two. docs/schemas/webhook.schema.json.
 */
final class Payload {
    private static final JsonFactory JSON = new JsonFactory();
    /** As Alertmanager writes the end of what has none: Go's zero time. */
    private static final String NO_END = "0001-01-01T00:00:00Z";

    private Payload() {}

    /**
     * @param receiver the endpoint's name
     * @param sentAt   of this attempt
     */
    static byte[] write(AlertTransition transition, String receiver, Links links, Instant sentAt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2_048);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            String status = status(transition.to());
            SortedMap<String, String> annotations =
                    links.complete(transition.annotations(), transition.labels(), transition.fingerprint());
            json.writeStartObject();
            json.writeStringField("version", "4");
            json.writeStringField("groupKey", "{}:{fingerprint=\"%s\"}".formatted(transition.fingerprint()));
            json.writeNumberField("truncatedAlerts", 0);
            json.writeStringField("status", status);
            json.writeStringField("receiver", receiver);
            texts(json, "groupLabels", Map.of("alertname", transition.rule()));
            texts(json, "commonLabels", transition.labels());
            texts(json, "commonAnnotations", annotations);
            json.writeStringField("externalURL", text(links.console()));
            json.writeArrayFieldStart("alerts");
            json.writeStartObject();
            json.writeStringField("status", status);
            texts(json, "labels", transition.labels());
            texts(json, "annotations", annotations);
            json.writeStringField("startsAt", transition.since().toString());
            json.writeStringField(
                    "endsAt",
                    transition.to() == AlertState.INACTIVE ? transition.at().toString() : NO_END);
            json.writeStringField(
                    "generatorURL", text(links.alert(transition.fingerprint()).orElse(null)));
            json.writeStringField("fingerprint", transition.fingerprint());
            json.writeEndObject();
            json.writeEndArray();
            json.writeObjectFieldStart("delivery");
            json.writeStringField("id", DeliveryId.of(transition).toString());
            json.writeStringField("sentAt", sentAt.toString());
            json.writeEndObject();
            json.writeObjectFieldStart("transition");
            json.writeStringField("from", word(transition.from()));
            json.writeStringField("to", word(transition.to()));
            json.writeStringField("at", transition.at().toString());
            number(json, "value", transition.value());
            number(json, "threshold", transition.threshold());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** In Alertmanager's words where it has one. */
    private static String status(AlertState to) {
        return to == AlertState.INACTIVE ? "resolved" : word(to);
    }

    private static String text(@Nullable URI url) {
        return url == null ? "" : url.toString();
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator json, String name, @Nullable Double number) throws IOException {
        if (number != null) {
            json.writeNumberField(name, number);
        }
    }

    private static String word(AlertState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
