package dev.imagemirror.copy;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.Repository;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which repository of a registry has or is getting a blob, so that the registry's other repositories can mount it
 * instead of getting it once more. Thread-safe.
 */
final class MountHolders {
    private record Key(String registry, Digest blob) {}

    /** A repository that is getting the blob or has it. */
    private static final class Holder {
        private final String path;
        private boolean has;

        Holder(String path) {
            this.path = path;
        }
    }

    private final Map<Key, Holder> holders = new HashMap<>();
    private final Set<String> refusing = new HashSet<>();

    /**
     * Where to mount the blob from, waiting while another repository of the registry is getting it.
     *
     * @return a repository that has it; or null: the caller is the one to get it, and has to say {@link #has} or
     *     {@link #failed}
     */
    synchronized @Nullable String holderOrClaim(Repository repository, Digest blob) throws InterruptedException {
        Key key = new Key(repository.registry(), blob);
        while (true) {
            Holder holder = holders.get(key);
            if (holder == null) {
                holders.put(key, new Holder(repository.path()));
                return null;
            }
            if (holder.path.equals(repository.path()) || refusing.contains(repository.registry())) {
                return null;
            }
            if (holder.has) {
                return holder.path;
            }
            wait();
        }
    }

    /** True if somebody else's upload to the registry has to be waited for. */
    synchronized boolean mustWait(Repository repository, Digest blob) {
        Holder holder = holders.get(new Key(repository.registry(), blob));
        return holder != null
                && !holder.has
                && !holder.path.equals(repository.path())
                && !refusing.contains(repository.registry());
    }

    /** The repository has the blob now. */
    synchronized void has(Repository repository, Digest blob) {
        Key key = new Key(repository.registry(), blob);
        Holder holder = holders.computeIfAbsent(key, unknown -> new Holder(repository.path()));
        if (holder.path.equals(repository.path())) {
            holder.has = true;
        }
        notifyAll();
    }

    /** The repository did not get the blob; the next one that wants it has to. */
    synchronized void failed(Repository repository, Digest blob) {
        Key key = new Key(repository.registry(), blob);
        Holder holder = holders.get(key);
        if (holder != null && !holder.has && holder.path.equals(repository.path())) {
            holders.remove(key);
        }
        notifyAll();
    }

    /** The registry does not mount: its repositories get everything themselves from now on, in one read. */
    synchronized void refuses(String registry) {
        refusing.add(registry);
        notifyAll();
    }

    synchronized boolean isRefusing(String registry) {
        return refusing.contains(registry);
    }
}
