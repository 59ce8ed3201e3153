package dev.imagemirror.operator.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Map;
import java.util.Set;

/** Checks every request first: refuses unexpected hosts and methods that write. */
final class Guard implements Handler {
    /** Only this server's own files, no inline scripts, no markup built from strings, no framing. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";

    /** Headers of every response, including Jetty's own. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "X-Frame-Options", "DENY",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

    private final HostCheck hosts;

    Guard(HostCheck hosts) {
        this.hosts = hosts;
    }

    @Override
    public void handle(Context context) {
        HEADERS.forEach(context::header);
        if (!hosts.isAllowed(context.header("Host"))) {
            throw WebException.of(421, "unexpected Host header; add the host to web.hosts to allow it");
        }
        if (!READING.contains(context.method())) {
            context.header("Allow", "GET, HEAD");
            throw WebException.of(405, "this API is read-only; use GET");
        }
    }
}
