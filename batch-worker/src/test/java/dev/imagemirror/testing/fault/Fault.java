package dev.imagemirror.testing.fault;

import dev.imagemirror.testing.http.Interceptor;
import java.util.Objects;
import java.util.regex.Pattern;

/** A misbehaviour: {@code Fault.on("GET", "/v2/app/blobs/.+").skip(1).times(2).then(Faults.status(503))}. */
public record Fault(FaultMatch match, Interceptor action) {
    /** Checks that both are given. */
    public Fault {
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(action, "action");
    }

    /**
     * Starts with the requests to hit: the first one of this method ({@code *} for any) whose whole path matches the
     * expression.
     */
    public static FaultMatch on(String method, String pathRegex) {
        return new FaultMatch(method, Pattern.compile(pathRegex), 0, 1);
    }
}
