package io.hallwatt.alerting.prometheus;

import org.jspecify.annotations.Nullable;

/** The two text formats that a scrape can have. */
enum ExpositionFormat {
    /** Prometheus's text format 0.0.4: what is sent to whoever asks for nothing else. */
    TEXT("text/plain", "version=0.0.4; charset=utf-8"),
    /** OpenMetrics 1.0. */
    OPEN_METRICS("application/openmetrics-text", "version=1.0.0; charset=utf-8");

    private final String mediaType;
    private final String parameters;

    ExpositionFormat(String mediaType, String parameters) {
        this.mediaType = mediaType;
        this.parameters = parameters;
    }

    String contentType() {
        return mediaType + "; " + parameters;
    }

    /** The format with the higher quality in the Accept header (RFC 9110 §12.5.1); of equals the one named first. */
    static ExpositionFormat wanted(@Nullable String accept) {
        ExpositionFormat best = TEXT;
        double bestQuality = 0;
        for (String range : accept == null ? new String[0] : accept.split(",", 32)) {
            String[] parts = range.split(";", 8);
            for (ExpositionFormat format : values()) {
                if (parts[0].strip().equalsIgnoreCase(format.mediaType) && quality(parts) > bestQuality) {
                    best = format;
                    bestQuality = quality(parts);
                }
            }
        }
        return best;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.startsWith("q=") && parameter.substring(2).matches("[01](\\.[0-9]{0,3})?")) {
                return Double.parseDouble(parameter.substring(2));
            }
        }
        return 1;
    }
}
