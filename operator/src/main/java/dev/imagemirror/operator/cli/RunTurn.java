package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.runtime.CatalogFeed;
import dev.imagemirror.operator.runtime.FrontEnd;
import dev.imagemirror.operator.runtime.LeaseRunner;
import dev.imagemirror.operator.runtime.Management;
import dev.imagemirror.operator.runtime.Service;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The loop and the front-end, for as long as this process holds the lease.
 *
 * @param loop null if another process runs it
 * @param policies null if they are not followed
 * @param started holds the front-end while it runs
 */
record RunTurn(
        @Nullable Service loop,
        @Nullable FrontEnd policies,
        CatalogFeed feed,
        Management management,
        AtomicReference<FrontEnd> started)
        implements LeaseRunner.Work {
    @Override
    public void start() {
        started.set(policies);
        if (loop == null) {
            feed.followMirrors();
        } else {
            feed.leaveMirrors();
            management.shows(loop);
            loop.start();
        }
        if (policies != null) {
            policies.start();
        }
    }

    @Override
    public void close() {
        started.set(null);
        if (policies != null) {
            policies.close();
        }
        if (loop != null) {
            management.showsNoLoop();
            loop.close();
        }
    }
}
