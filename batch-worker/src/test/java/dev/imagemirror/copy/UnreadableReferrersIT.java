package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingBlobHost;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.fault.Refusal;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources that refuse to serve what refers to an image, or do not have what they list: nothing is left out unsaid. */
class UnreadableReferrersIT {
    private static final String NAME = TestingCopy.NAME;

    @AutoClose
    private final TestingCopy copy = TestingCopy.toOne().withReferrers();

    private final TestingImage image = TestingImages.small(1).storedIn(copy.source(), NAME, TestingCopy.TAG);
    private final TestingImage sbom = TestingImages.referrer(image, "application/vnd.example.sbom");
    private final String signatureTag = image.cosignTag("sig");

    @BeforeEach
    void fill() {
        sbom.putInto(copy.source(), NAME, "");
        TestingImages.signature(image).putInto(copy.source(), NAME, signatureTag);
    }

    private void answer(String reference, Interceptor action) {
        copy.source()
                .fault(Fault.on("*", TestingCopy.manifestPath(reference))
                        .always()
                        .then(action));
    }

    private void assertSourceRefused() {
        DestinationReport report = copy.copy().destinations().get(0);
        assertThat(report.errorKind()).as(report.error()).isEqualTo(ErrorKind.SOURCE_REFUSED);
        assertThat(report.error())
                .contains("the source refused the request", copy.source().authority());
        assertThat(copy.destination().content().tags(NAME)).isEmpty();
    }

    private void assertCopiedWithout(TestingImage left) {
        assertThat(copy.copy().destinations().get(0).outcome()).isEqualTo(Outcome.COPIED);
        assertThat(copy.destination().content().manifests(NAME))
                .contains(image.digest())
                .doesNotContain(left.digest());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 406, 410, 414, 416, 451})
    void anEntryThatIsRefusedFailsTheCopy(int status) {
        answer(sbom.digest(), Faults.status(status));

        assertSourceRefused();
    }

    @ParameterizedTest
    @EnumSource(value = Refusal.class, names = "ENCODED", mode = EnumSource.Mode.EXCLUDE)
    void anEntryThatCannotBeReadFailsTheCopy(Refusal refusal) {
        answer(sbom.digest(), refusal.answer());

        assertSourceRefused();
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void aTagOfCosignsThatCannotBeReadFailsTheCopy(Refusal refusal) {
        answer(signatureTag, refusal.answer());

        assertSourceRefused();
    }

    @ParameterizedTest
    @EnumSource(value = Refusal.class, names = "ENCODED", mode = EnumSource.Mode.EXCLUDE)
    void aSignatureThatCannotBeReadFailsTheCopy(Refusal refusal) {
        answer(TestingImages.signature(image).digest(), refusal.answer());

        assertSourceRefused();
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 410, 416, 451})
    void anyOtherRefusalOfATagThanThatOfItsNameFailsTheCopy(int status) {
        answer(signatureTag, Faults.status(status));

        assertSourceRefused();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 406, 414})
    void thereIsNothingUnderATagThatTheRegistryTakesForNone(int status) {
        answer(signatureTag, Faults.status(status));

        assertCopiedWithout(TestingImages.signature(image));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405})
    void aRefusalOfATagElsewhereFailsTheCopy(int status) {
        try (TestingBlobHost storage = TestingBlobHost.start()) {
            storage.fault(Fault.on("*", ".*").always().then(Faults.status(status)));
            answer(signatureTag, Faults.redirect(storage.url() + "/bucket/x?signature=1"));

            assertSourceRefused();
        }
    }

    @Test
    void anEntryOfAnUnknownTypeThatCannotBeReadIsTakenForNoBlob() {
        copy.destination().enable(Trait.ANY_MANIFEST);
        TestingBlob statement = TestingBlob.text("application/vnd.in-toto+json", "{}", Map.of());
        TestingImage.index().add(image).add(statement).build().putInto(copy.source(), NAME, TestingCopy.TAG);
        answer(statement.digest(), Refusal.LOOP.answer());

        assertSourceRefused();
    }
}
