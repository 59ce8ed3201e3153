package dev.imagemirror.operator.chaos;

import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.port.CopyJobQueue;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.MirrorTable;
import dev.imagemirror.operator.port.PortException;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.StatusTable;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Supplier;

/** A world's ports for one process: each call pauses the process before and after it, and may fail on either side. */
final class SteppedPorts {
    /** What the pause before {@link CopyJobQueue#submit} is called. */
    static final String BEFORE_SUBMIT = "before submit";

    /** Where a call fails. */
    enum Fault {
        NONE,
        BEFORE,
        AFTER
    }

    /** What only tells of settings, and asks nobody. */
    private static final Set<String> NO_CALLS = Set.of("queue", "definition", "settling");

    private final Supplier<Fault> faults;
    private WorldQueue.Sent sending;

    SteppedPorts(Supplier<Fault> faults) {
        this.faults = faults;
    }

    /** What would be submitted by the work that is paused {@link #BEFORE_SUBMIT}. */
    WorldQueue.Sent sending() {
        return sending;
    }

    Ports of(Ports world) {
        return new Ports(
                stepped(MirrorTable.class, world.mirrors()),
                stepped(StatusTable.class, world.statuses()),
                stepped(DigestResolver.class, world.registries()),
                stepped(CopyJobQueue.class, world.jobs()),
                world.repositories());
    }

    private <T> T stepped(Class<T> port, T target) {
        InvocationHandler handler = (proxy, method, arguments) -> NO_CALLS.contains(method.getName())
                ? invoke(target, method, arguments)
                : call(target, method, arguments);
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
    }

    private Object call(Object target, Method method, Object[] arguments) throws Throwable {
        boolean submits = method.getName().equals("submit");
        if (submits) {
            sending = new WorldQueue.Sent(
                    (String) arguments[0], (CopyJobSpec) arguments[1], String.valueOf(SteppedWork.current()));
        }
        SteppedWork.pause("before " + method.getName());
        boolean mayFail = !submits && !(target instanceof DigestResolver);
        Fault fault = mayFail ? faults.get() : Fault.NONE;
        if (fault == Fault.BEFORE) {
            throw new PortException("told to fail", new IOException("before " + method.getName()));
        }
        Object result = invoke(target, method, arguments);
        SteppedWork.pause("after " + method.getName());
        if (fault == Fault.AFTER) {
            throw new PortException("told to fail", new IOException("after " + method.getName()));
        }
        return result;
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
