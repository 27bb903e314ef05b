package io.hallwatt.alerting.alertmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The body of {@code POST /api/v2/alerts} (Alertmanager api/v2/openapi.yaml, {@code postableAlerts}). */
final class AlertsJson {
    private static final JsonFactory JSON = new JsonFactory();

    private AlertsJson() {}

    static byte[] write(Request request) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(512 * request.notices().size());
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartArray();
            for (Notice notice : request.notices()) {
                json.writeStartObject();
                texts(json, "labels", notice.labels());
                texts(json, "annotations", notice.annotations());
                json.writeStringField("startsAt", notice.startsAt().toString());
                json.writeStringField("endsAt", request.endsAt(notice).toString());
                if (notice.generatorUrl() != null) {
                    json.writeStringField("generatorURL", notice.generatorUrl().toString());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }
}
