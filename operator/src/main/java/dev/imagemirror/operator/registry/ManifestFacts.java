package dev.imagemirror.operator.registry;

import dev.imagemirror.image.CosignTags;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.Manifest;
import dev.imagemirror.image.ManifestParser;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What manifests say about the images they refer to. Content behind a digest never changes, so each manifest is read
 * once per repository that lists it, as long as it stays cached; per repository, because one may list what only another
 * has. Thread-safe; blocking; bounded.
 */
final class ManifestFacts {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestFacts.class);

    /** About 10 MB: the referrers of thousands of images, on both sides. */
    private static final int MOST = 50_000;

    private final RegistryClient client;
    private final Map<Place, Fact> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Fact> eldest) {
            return size() > MOST;
        }
    };

    /** Where a manifest was read. */
    private record Place(String registry, String repository, Digest digest) {}

    /**
     * Facts about one manifest.
     *
     * @param subject the image it refers to
     * @param maySign true if cosign may have stored it
     */
    record Fact(@Nullable Digest subject, boolean maySign) {
        /** Not a manifest. */
        private static final Fact NONE = new Fact(null, false);

        boolean refersTo(Digest image) {
            return image.equals(subject);
        }

        private static Fact of(Manifest manifest) {
            return new Fact(
                    manifest.subject() == null ? null : manifest.subject().digest(), CosignTags.mayHold(manifest));
        }
    }

    ManifestFacts(RegistryClient client) {
        this.client = client;
    }

    /** The facts, or why they could not be read; a listed but missing manifest is not a failure, a denied one is. */
    Answer<Fact> ask(RegistryThrottle site, ImageReference repository, Digest digest) {
        Place key = new Place(repository.registry(), repository.repository(), digest);
        Fact remembered = remembered(key);
        return remembered != null ? Answer.of(remembered) : site.ask(repository, place -> read(place, key));
    }

    private Fact read(Repository place, Place key) throws RegistryException {
        Digest digest = key.digest();
        ManifestContent content;
        try {
            content = client.manifest(place, digest.toString());
        } catch (RegistryException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                LOG.debug("{}@{} is listed or tagged but does not exist", place, digest);
                return Fact.NONE; // not cached: it may still be pushed
            }
            throw e;
        }
        Fact fact;
        try {
            fact = Fact.of(ManifestParser.parse(content.bytes(), content.contentType()));
        } catch (InvalidManifestException e) {
            fact = Fact.NONE;
        }
        synchronized (known) {
            known.put(key, fact);
        }
        return fact;
    }

    private @Nullable Fact remembered(Place key) {
        synchronized (known) {
            return known.get(key);
        }
    }
}
