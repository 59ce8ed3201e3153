package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which digest a registry's answer to a HEAD gives. */
class DigestIT {
    private static final String NAME = "team/app";
    private static final Digest OTHER = Digest.sha256(new byte[] {1});

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    @AutoClose
    private final RegistryClient client = TestingClient.trying(3);

    private final Repository repository = new Repository(registry.authority(), NAME);
    private final TestingImage image = TestingImages.small(1).storedIn(registry, NAME, "1");

    private void saying(String digest) {
        registry.fault(Fault.on("HEAD", ".*")
                .always()
                .then(Faults.alter(response -> response.with("Docker-Content-Digest", digest))));
    }

    @Test
    void isWhatTheRegistrySaysOfATag() throws Exception {
        saying(OTHER.toString());

        assertThat(client.digest(repository, "1")).hasValue(OTHER);
    }

    @Test
    void mustMatchTheRequestedDigest() {
        saying(OTHER.toString());

        assertThatThrownBy(() -> client.digest(repository, image.digest()))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TEMPORARY))
                .hasMessageContaining("was corrupted in transit")
                .hasMessageContaining(OTHER.toString());
    }

    @Test
    void isTheOneAskedForWhereTheRegistryNamesAnotherAlgorithm() throws Exception {
        saying("sha512:" + "0".repeat(128));

        assertThat(client.digest(repository, image.digest())).hasValue(Digest.parse(image.digest()));
    }

    @Test
    void isTheOneAskedForWhereTheRegistryNamesNone() throws Exception {
        registry.enable(Trait.NO_CONTENT_DIGEST);

        assertThat(client.digest(repository, image.digest())).hasValue(Digest.parse(image.digest()));
        assertThat(registry.requests("GET", ".*")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN_REPOSITORIES_UNAUTHORIZED", "UNKNOWN_REPOSITORIES_DENIED"})
    void isUnknownToAnObserverDeniedAccess(Trait trait) {
        registry.enable(trait);
        Repository unknown = new Repository(registry.authority(), "new");

        assertThatThrownBy(() -> client.digest(unknown, "1"))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.ACCESS_DENIED));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN_REPOSITORIES_UNAUTHORIZED", "UNKNOWN_REPOSITORIES_DENIED"})
    void isNoneForAPushThatTheRegistryMayTake(Trait trait) throws Exception {
        registry.enable(trait);
        Repository unknown = new Repository(registry.authority(), "new");

        assertThat(client.digestForPush(unknown, "1")).isEmpty();
        assertThat(client.digestForPush(unknown, image.digest())).isEmpty();
        assertThat(client.hasBlob(unknown, OTHER)).isFalse();

        int byGet = trait == Trait.UNKNOWN_REPOSITORIES_DENIED ? 1 : 0; // a HEAD cannot say what it is that is denied
        assertThat(unknown.requests()).as("asked once").isEqualTo(1 + byGet);
        assertThat(client.digestForPush(repository, "1")).hasValue(Digest.parse(image.digest()));
    }

    @Test
    void isNullForADigestThatTheRegistryDoesNotHave() throws Exception {
        assertThat(client.digest(repository, OTHER.toString())).isEmpty();
    }
}
