package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ReferrerList;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers of the referrers API lead to the fallback tag. */
class ReferrerApiIT {
    private static final String NAME = "team/app";

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    @AutoClose
    private final RegistryClient client = TestingClient.trying(2);

    private final Repository repository = new Repository(registry.authority(), NAME);
    private final TestingImage image = TestingImages.small(1);
    private final TestingImage sbom = TestingImages.referrer(image, "application/vnd.example.sbom");
    private final Digest subject = Digest.parse(image.digest());

    private void answer(int status) {
        registry.fault(Fault.on("GET", ".*/referrers/.*").always().then(Faults.status(status)));
    }

    private void putList() {
        TestingImage.index().add(sbom).build().putInto(registry, NAME, ReferrerLister.fallbackTag(subject));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 406, 410, 415, 422, 500, 501})
    void readsTheTagWhereTheApiIsRefused(int status) throws Exception {
        answer(status);
        putList();

        assertThat(client.referrers(repository, subject).referrers())
                .extracting(Descriptor::digest)
                .containsExactly(Digest.parse(sbom.digest()));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 406, 501})
    void knowsOfNoneWhereThereIsNeitherApiNorTag(int status) throws Exception {
        answer(status);

        assertThat(client.referrers(repository, subject).referrers()).isEmpty();
    }

    @Test
    void saysWhichEntriesAreMalformed() throws Exception {
        registry.enable(Trait.MALFORMED_REFERRERS);
        sbom.putInto(registry, NAME, "");

        ReferrerList list = client.referrers(repository, subject);

        assertThat(list.referrers()).hasSize(1);
        assertThat(list.notice()).contains("9 malformed entries in the list of referrers", "'manifests[0]'");
    }

    @Test
    void endsAListThatLoops() {
        registry.enable(Trait.LISTS_LOOP);
        sbom.putInto(registry, NAME, "");

        assertFails(ErrorKind.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"401, ACCESS_DENIED", "403, ACCESS_DENIED", "429, TEMPORARY", "502, TEMPORARY", "503, TEMPORARY"})
    void takesNoOtherFaultForAnAnswer(int status, ErrorKind kind) {
        answer(status);
        putList();

        assertFails(kind);
    }

    @Test
    void takesAFaultWithoutAListForNoAnswer() {
        answer(500);

        assertFails(ErrorKind.TEMPORARY);
    }

    private void assertFails(ErrorKind kind) {
        assertThatThrownBy(() -> client.referrers(repository, subject))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
