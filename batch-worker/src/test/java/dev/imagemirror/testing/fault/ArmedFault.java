package dev.imagemirror.testing.fault;

import dev.imagemirror.testing.http.Request;
import java.util.concurrent.atomic.AtomicInteger;

/** A fault on duty; counts the requests that match. */
public final class ArmedFault {
    private final Fault fault;
    private final FaultList list;
    private final AtomicInteger matched = new AtomicInteger();

    ArmedFault(Fault fault, FaultList list) {
        this.fault = fault;
        this.list = list;
    }

    /** How many requests it hit. */
    public int hits() {
        int afterSkipped = matched.get() - fault.match().skip();
        return Math.max(0, Math.min(fault.match().times(), afterSkipped));
    }

    /** Takes it off duty. */
    public void remove() {
        list.remove(this);
    }

    Fault fault() {
        return fault;
    }

    boolean hits(Request request) {
        if (!fault.match().matches(request)) {
            return false;
        }
        int before = matched.getAndIncrement();
        return before >= fault.match().skip()
                && before - fault.match().skip() < fault.match().times();
    }
}
