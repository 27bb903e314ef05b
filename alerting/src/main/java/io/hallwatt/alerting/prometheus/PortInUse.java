package io.hallwatt.alerting.prometheus;

import java.io.IOException;

/** The port that was asked for is taken. */
public final class PortInUse extends IOException {
    private static final long serialVersionUID = 1;

    private final int port;

    PortInUse(int port, IOException cause) {
        super(
                "Port %d is in use (by another program). Choose one with --port, or --port 0 for any.".formatted(port),
                cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
