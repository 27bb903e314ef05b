package io.hallwatt.ingest.publish;

/** Kafka refused a record for good: not away, but unwilling (no permission, too large, fenced). The stage ends; what was not acknowledged is not counted. */
public final class PublishFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    PublishFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
