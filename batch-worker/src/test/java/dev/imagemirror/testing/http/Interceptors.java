package dev.imagemirror.testing.http;

import java.util.List;

/** Chooses the interceptors of a request; called once a request, from many threads. */
@FunctionalInterface
public interface Interceptors {
    /** Those to apply to this request, the outermost first. */
    List<Interceptor> choose(Request request);
}
