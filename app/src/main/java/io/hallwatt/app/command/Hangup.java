package io.hallwatt.app.command;

import java.lang.reflect.Proxy;

/**
 * SIGHUP, which asks a service to read its files anew. The JDK has it in a class that is no part of its API, and Windows has no such signal: where either is missing,
 * there are the files themselves and HTTP.
 */
final class Hangup {
    private Hangup() {}

    /** From now on the signal does this, on a thread of its own. */
    static void listen(Runnable what) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            what.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
        } catch (ReflectiveOperationException e) {
            return; // not here
        }
    }
}
