package dev.imagemirror.operator.registry;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.registry.RegistryClient;
import java.util.Objects;

/** Resolves a reference's digest with one HEAD. Thread-safe; blocking. */
final class ManifestQuestion {
    private final RegistryClient client;
    private final DeniedMeansMissing deniedMeansMissing;

    ManifestQuestion(RegistryClient client, DeniedMeansMissing deniedMeansMissing) {
        this.client = client;
        this.deniedMeansMissing = deniedMeansMissing;
    }

    Resolution ask(RegistryThrottle site, ImageReference reference) {
        Answer<Digest> answer =
                Answer.ofOptional(site.ask(reference, repository -> client.digest(repository, tagOrDigest(reference))));
        if (answer instanceof Answer.Failed<Digest> failed) {
            return failed.why() instanceof Resolution.Denied && deniedMeansMissing.appliesTo(reference)
                    ? new Resolution.Missing()
                    : failed.why();
        }
        return answer instanceof Answer.Given<Digest> given
                ? new Resolution.Found(given.value())
                : new Resolution.Missing();
    }

    private static String tagOrDigest(ImageReference reference) {
        return Objects.requireNonNull(reference.wireReference(), "a reference to resolve has a tag or a digest");
    }
}
