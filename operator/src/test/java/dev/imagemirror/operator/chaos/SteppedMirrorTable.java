package dev.imagemirror.operator.chaos;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.port.MirrorTable;
import java.util.Optional;
import java.util.function.Consumer;

/** A mirror table whose calls are stepped. */
record SteppedMirrorTable(MirrorTable target, SteppedPorts steps) implements MirrorTable {
    @Override
    public void scan(Consumer<MirrorRow> rows) {
        steps.run("scan", () -> target.scan(rows));
    }

    @Override
    public Optional<MirrorRow> load(EntryKey key) {
        return steps.call("load", () -> target.load(key));
    }

    @Override
    public boolean put(MirrorRow row, String manager) {
        return steps.call("put", () -> target.put(row, manager));
    }

    @Override
    public boolean delete(EntryKey key, String manager) {
        return steps.call("delete", () -> target.delete(key, manager));
    }

    @Override
    public boolean release(EntryKey key, String manager) {
        return steps.call("release", () -> target.release(key, manager));
    }

    @Override
    public boolean request(EntryKey key, String manager, String token) {
        return steps.call("request", () -> target.request(key, manager, token));
    }
}
