package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.TestingBlobHost;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.fault.Refusal;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which refusals mean that there is no list of referrers, and which that it could not be read. */
class ReferrerTagIT {
    private static final String NAME = "team/app";

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    @AutoClose
    private final RegistryClient client = TestingClient.trying(2);

    private final Repository repository = new Repository(registry.authority(), NAME);
    private final TestingImage image = TestingImages.small(1);
    private final TestingImage sbom = TestingImages.referrer(image, "application/vnd.example.sbom");
    private final Digest subject = Digest.parse(image.digest());
    private final String tag = ReferrerLister.fallbackTag(subject);

    @BeforeEach
    void putList() {
        TestingImage.index().add(sbom).build().putInto(registry, NAME, tag);
    }

    private void answerTheTag(Interceptor answer) {
        registry.enable(Trait.NO_REFERRERS);
        registry.fault(Fault.on("GET", ".*/manifests/" + tag).always().then(answer));
    }

    private void answerTheApi(Interceptor answer) {
        registry.fault(Fault.on("GET", ".*/referrers/.*").always().then(answer));
    }

    private void assertRefused() {
        assertThatThrownBy(() -> client.referrers(repository, subject))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.REFUSED));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 406, 414})
    void thereIsNoneWhereTheRegistryRefusesTheTag(int status) throws Exception {
        answerTheTag(Faults.status(status));

        assertThat(client.referrers(repository, subject).referrers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 409, 411, 416, 451})
    void anyOtherRefusalOfTheTagIsAFailure(int status) {
        answerTheTag(Faults.status(status));

        assertRefused();
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void aTagThatCannotBeReadIsAFailure(Refusal refusal) {
        answerTheTag(refusal.answer());

        assertRefused();
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void anApiThatCannotBeReadIsAFailure(Refusal refusal) {
        answerTheApi(refusal.answer());

        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 406, 414})
    void aRefusalElsewhereIsAFailure(int status) {
        try (TestingBlobHost storage = TestingBlobHost.start()) {
            storage.fault(Fault.on("*", ".*").always().then(Faults.status(status)));
            answerTheTag(Faults.redirect(storage.url() + "/bucket/x?signature=1"));
            assertRefused();

            registry.clearFaults();
            answerTheApi(Faults.redirect(storage.url() + "/bucket/x?signature=1"));
            assertRefused();
        }
    }

    @Test
    void anApiThatAsksForFewerRequestsIsNotTakenForNone() {
        answerTheApi(Faults.status(400, "TOOMANYREQUESTS", "Rate exceeded"));

        assertThatThrownBy(() -> client.referrers(repository, subject))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isThrottled()).isTrue());
    }
}
