package io.hallwatt.app.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This machine: Java, memory, disk, ports. */
public final class Machine {
    private static final int OLDEST_JAVA = 21;
    private static final long MEGABYTE = 1024 * 1024;
    private static final long LEAST_HEAP = 512 * MEGABYTE;
    private static final long LEAST_DISK = 2048 * MEGABYTE;

    private Machine() {}

    /**
     * @param directory where data would lie; need not be there yet
     * @param port      where metrics would be served; 0 for any
     */
    public static List<Finding> look(Path directory, int port) {
        List<Finding> findings = new ArrayList<>();
        findings.add(java(Runtime.version().feature(), Runtime.version().toString()));
        findings.add(memory(Runtime.getRuntime().maxMemory()));
        findings.add(disk(directory));
        findings.add(port(port));
        return findings;
    }

    static Finding java(int feature, String version) {
        return feature >= OLDEST_JAVA
                ? Finding.ok("java", version)
                : Finding.fail(
                        "java", version, "Install Java %d or newer, or set JAVA_HOME to it".formatted(OLDEST_JAVA));
    }

    static Finding memory(long heapLimit) {
        String detail = "%d MB of heap at most".formatted(heapLimit / MEGABYTE);
        return heapLimit >= LEAST_HEAP
                ? Finding.ok("memory", detail)
                : Finding.warn("memory", detail, "The reference site wants 512 MB and more: HALLWATT_JAVA_OPTS=-Xmx1g");
    }

    static Finding disk(Path directory) {
        Path existing = directory.toAbsolutePath().normalize();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String detail = "%d MB free at %s".formatted(free / MEGABYTE, existing);
            if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
                return Finding.fail(
                        "disk", existing + " cannot be written", "Choose another --data-dir, or mend the permissions");
            }
            return free >= LEAST_DISK
                    ? Finding.ok("disk", detail)
                    : Finding.warn("disk", detail, "An hour of the reference site takes about 2 GB: free some space");
        } catch (IOException e) {
            return Finding.fail("disk", "%s: %s".formatted(existing, e.getMessage()), "Choose another --data-dir");
        }
    }

    static Finding port(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return Finding.ok("port", "%d is free for metrics".formatted(socket.getLocalPort()));
        } catch (IOException e) {
            return Finding.warn(
                    "port", "%d is in use (by another program)".formatted(port), "Choose another with --port");
        }
    }
}
