package dev.imagemirror.testing.fault;

import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.http.Interceptors;
import dev.imagemirror.testing.http.Request;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The faults of one server; safe for any thread. Several may hit one request, in the order of their addition. */
public final class FaultList implements Interceptors {
    private final List<ArmedFault> armed = new CopyOnWriteArrayList<>();

    /** Puts a fault on duty. */
    public ArmedFault add(Fault fault) {
        ArmedFault added = new ArmedFault(fault, this);
        armed.add(added);
        return added;
    }

    /** Takes all faults off duty. */
    public void clear() {
        armed.clear();
    }

    @Override
    public List<Interceptor> choose(Request request) {
        return armed.stream()
                .filter(fault -> fault.hits(request))
                .map(fault -> fault.fault().action())
                .toList();
    }

    void remove(ArmedFault fault) {
        armed.remove(fault);
    }
}
