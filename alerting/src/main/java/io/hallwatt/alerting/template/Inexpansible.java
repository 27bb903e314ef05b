package io.hallwatt.alerting.template;

/** Ends the expansion of a template for these values; never leaves the package. */
final class Inexpansible extends RuntimeException {
    private static final long serialVersionUID = 1;

    Inexpansible(String reason) {
        super(reason, null, false, false);
    }
}
