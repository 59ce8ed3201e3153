package dev.imagemirror.testing.fault;

import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Request;
import java.util.regex.Pattern;

/**
 * The requests that a fault is for.
 *
 * @param method {@code *} for any
 * @param path matches the whole path, without the query
 * @param skip how many matching requests go unharmed first
 * @param times how many are hit after those
 */
public record FaultMatch(String method, Pattern path, int skip, int times) {
    /** Checks that the counts make sense. */
    public FaultMatch {
        if (skip < 0 || times < 1) {
            throw new IllegalArgumentException("skip " + skip + ", times " + times);
        }
    }

    /** The same after {@code count} requests that go unharmed. */
    public FaultMatch skip(int count) {
        return new FaultMatch(method, path, count, times);
    }

    /** The same for {@code count} requests instead of one. */
    public FaultMatch times(int count) {
        return new FaultMatch(method, path, skip, count);
    }

    /** The same for every request. */
    public FaultMatch always() {
        return times(Integer.MAX_VALUE);
    }

    /** The fault that does this to those requests; see {@link Faults}. */
    public Fault then(Interceptor action) {
        return new Fault(this, action);
    }

    boolean matches(Request request) {
        boolean sameMethod = method.equals("*") || method.equals(request.method());
        return sameMethod && path.matcher(request.path()).matches();
    }
}
