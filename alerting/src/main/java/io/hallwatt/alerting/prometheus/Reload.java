package io.hallwatt.alerting.prometheus;

import com.sun.net.httpserver.HttpExchange;
import io.hallwatt.contract.config.Count;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code POST /-/reload}: reads the rules anew. It takes nothing from the request but the wish; still, whoever may reach the page may not always have it, so it has
 * to be allowed, and a browser is refused: no page of another site can have it through one.
 */
public final class Reload {
    static final String PATH = "/-/reload";

    private final Supplier<List<String>> read;
    private final boolean allowed;

    /**
     * @param read    reads them, and gives the faults for which they are refused
     * @param allowed whether it is done at all
     */
    public Reload(Supplier<List<String>> read, boolean allowed) {
        this.read = read;
        this.allowed = allowed;
    }

    Answer answer(HttpExchange exchange) {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return Answer.problem(405, "Method not allowed", "Only POST is answered here");
        }
        if (!allowed) {
            return Answer.problem(
                    403,
                    "Not allowed",
                    "Reloading over HTTP is off, since this page is served beyond this machine: allow it with --enable-reload, or send SIGHUP");
        }
        if (exchange.getRequestHeaders().containsKey("Origin")) {
            return Answer.problem(403, "Not allowed", "Browsers are not answered here; use curl -X POST");
        }
        List<String> faults = read.get();
        return faults.isEmpty() ? Answer.json(200, "{\"status\":\"reloaded\"}") : refused(faults);
    }

    private static Answer refused(List<String> faults) {
        String list = faults.stream().map(Answer::quoted).collect(Collectors.joining(","));
        return Answer.problem(
                400,
                "Rules refused",
                Count.of(faults.size(), "fault") + "; the rules that ran go on",
                ",\"faults\":[%s]".formatted(list));
    }
}
