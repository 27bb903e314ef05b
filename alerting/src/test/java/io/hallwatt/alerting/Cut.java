package io.hallwatt.alerting;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a port on loopback, which can be cut and mended: cut, it takes what is sent and passes nothing on, as a broken network does. */
final class Cut implements AutoCloseable {
    private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    Cut() throws IOException {}

    int port() {
        return entrance.getLocalPort();
    }

    /** Opens it. */
    void leadTo(int port) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket one = kept(entrance.accept());
                    Thread.ofVirtual().start(() -> connect(one, port));
                }
            } catch (IOException e) {
                mend(); // closed
            }
        });
    }

    private void connect(Socket one, int port) {
        try {
            Socket other = kept(new Socket(InetAddress.getLoopbackAddress(), port));
            Thread.ofVirtual().start(() -> pass(other, one));
            pass(one, other);
        } catch (IOException e) {
            end(one); // nobody is there
        }
    }

    void cut() {
        cut = true;
    }

    /** What was lost is lost: who spoke over it must begin anew. */
    void mend() {
        cut = false;
        open.forEach(Cut::end);
        open.clear();
    }

    private Socket kept(Socket socket) {
        open.add(socket);
        return socket;
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[16_384];
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (!cut) {
                    to.getOutputStream().write(bytes, 0, count);
                }
            }
        } catch (IOException e) {
            end(to);
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        mend();
    }
}
