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
 * What manifests say of what they refer to. The content of a digest never changes, so each is read once, from whichever
 * registry has it, for as long as this process remembers it. Thread-safe; blocking; bounded.
 */
final class ManifestFacts {
    private static final Logger LOG = LoggerFactory.getLogger(ManifestFacts.class);

    /** Some 2 MB; the referrers of thousands of images. */
    private static final int MOST = 10_000;

    private final RegistryClient client;
    private final Map<Digest, Fact> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Fact> eldest) {
            return size() > MOST;
        }
    };

    /**
     * What is known of one manifest.
     *
     * @param subject what it refers to
     * @param maySign true if cosign may have stored it
     */
    record Fact(@Nullable Digest subject, boolean maySign) {
        /** Of what is no manifest. */
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

    /** The facts, or the failure to read them; what is listed and not there is no failure, what is refused is one. */
    Answer<Fact> ask(Site site, ImageReference repository, Digest digest) {
        Fact remembered = remembered(digest);
        return remembered != null ? Answer.of(remembered) : site.ask(repository, place -> read(place, digest));
    }

    private Fact read(Repository place, Digest digest) throws RegistryException {
        ManifestContent content;
        try {
            content = client.manifest(place, digest.toString());
        } catch (RegistryException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                LOG.debug("{}@{} is listed or tagged, and is not there", place, digest);
                return Fact.NONE; // not remembered: it may be pushed yet
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
            known.put(digest, fact);
        }
        return fact;
    }

    private @Nullable Fact remembered(Digest digest) {
        synchronized (known) {
            return known.get(digest);
        }
    }
}
