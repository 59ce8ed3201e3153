package dev.imagemirror.operator.local;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Actions that happen when a test lets their time pass. */
final class SteppedAlarm implements Alarm {
    private final Map<Object, Duration> delays = new LinkedHashMap<>();
    private final Map<Object, Runnable> actions = new LinkedHashMap<>();

    @Override
    public synchronized Runnable set(Duration delay, Runnable action) {
        Object key = new Object();
        delays.put(key, delay);
        actions.put(key, action);
        return () -> cancel(key);
    }

    /** How long those wait that have not happened and were not cancelled. */
    synchronized List<Duration> waiting() {
        return List.copyOf(delays.values());
    }

    /** Lets everything happen that waits no longer than that. */
    void pass(Duration time) {
        due(time).forEach(Runnable::run);
    }

    private synchronized List<Runnable> due(Duration time) {
        List<Object> keys = delays.entrySet().stream()
                .filter(delay -> delay.getValue().compareTo(time) <= 0)
                .map(Map.Entry::getKey)
                .toList();
        List<Runnable> due = keys.stream().map(actions::get).toList();
        keys.forEach(this::cancel);
        return due;
    }

    private synchronized void cancel(Object key) {
        delays.remove(key);
        actions.remove(key);
    }
}
