package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of an index whose media type nobody knows: the source says by what it serves how they are copied. */
class UnknownTypesIT {
    private static final String TYPE = "application/vnd.example.thing.v2+json";

    @AutoClose
    private final TestingCopy copy = TestingCopy.toOne();

    private final TestingImage usual = TestingImages.small(1);
    private final TestingImage unusual = TestingImage.manifest()
            .type(TYPE)
            .layers(LayerKind.GZIP, 2, 1000, 2)
            .build();
    private final TestingBlob statement = TestingBlob.text(
            "application/vnd.in-toto+json", "{\"_type\":\"https://in-toto.io/Statement/v1\"}", Map.of());

    @BeforeEach
    void takeEverything() {
        copy.destination().enable(Trait.ANY_MANIFEST);
    }

    private TestingImage inSource(TestingImage image) {
        image.putInto(copy.source(), TestingCopy.NAME, TestingCopy.TAG);
        return image;
    }

    @Test
    void copiesAManifestOfAnUnknownTypeAsItIs() {
        TestingImage image =
                inSource(TestingImage.index().add(usual).add(unusual).build());

        copy.copies(image);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaVersion\":1,\"name\":\"a thing\"}",
                "{\"subject\":\"hello\"}",
                "{\"config\":5,\"layers\":{},\"manifests\":\"none\"}",
                "[1,2]",
                "\"text\"",
                "kind: Thing",
                ""
            })
    void copiesWhateverIsServedAsAManifestOfAnUnknownType(String document) {
        TestingBlob odd = TestingBlob.text(TYPE, document, Map.of());
        copy.source().content().putManifest(TestingCopy.NAME, "", TYPE, odd.bytes());
        inSource(TestingImage.index().add(usual).add(odd).build());

        CopyReport report = copy.copy();

        assertThat(report.destinations().get(0).error()).isNull();
        assertThat(copy.destination().content().manifest(TestingCopy.NAME, odd.digest()))
                .hasValue(odd.bytes());
        assertThat(copy.destination().content().mediaType(TestingCopy.NAME, odd.digest()))
                .hasValue(TYPE);
    }

    @Test
    void asksForTheTypeThatTheIndexNames() {
        copy.source().enable(Trait.STRICT_ACCEPT);
        TestingImage image =
                inSource(TestingImage.index().add(usual).add(unusual).build());

        copy.copies(image);
    }

    @Test
    void copiesAnImageThatIsItselfOfAnUnknownType() {
        copy.copies(inSource(unusual));
    }

    @Test
    void copiesABlobThatAnIndexLists() {
        TestingImage image =
                inSource(TestingImage.index().add(usual).add(statement).build());

        copy.copies(image);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 406, 415})
    void copiesABlobThatTheSourceRefusesToServeAsAManifest(int status) {
        TestingImage image =
                inSource(TestingImage.index().add(usual).add(statement).build());
        copy.source()
                .fault(Fault.on("GET", TestingCopy.manifestPath(statement.digest()))
                        .always()
                        .then(Faults.status(status)));

        copy.copies(image);
    }

    @Test
    void takesATemporaryFaultForNoAnswer() {
        inSource(TestingImage.index().add(usual).add(statement).build());
        copy.source()
                .fault(Fault.on("GET", TestingCopy.manifestPath(statement.digest()))
                        .always()
                        .then(Faults.status(503)));

        copy.fails(ErrorKind.TEMPORARY);
    }

    @Test
    void copiesReferrersOfAnImageThatListsABlob() {
        TestingImage image =
                inSource(TestingImage.index().add(usual).add(statement).build());
        TestingImage sbom = TestingImages.referrer(image, "application/vnd.example.sbom");
        sbom.putInto(copy.source(), TestingCopy.NAME, "");

        copy.withReferrers().copies(image);

        assertThat(sbom.differences(copy.destination(), TestingCopy.NAME, sbom.digest()))
                .isEmpty();
    }

    @Test
    void putsNoForeignTextIntoAHeader() {
        TestingBlob odd = TestingBlob.text("text/plain\r\nX-Evil: yes", "odd", Map.of());
        TestingImage image = inSource(TestingImage.index().add(usual).add(odd).build());

        copy.copies(image);

        assertThat(copy.source().requests("GET", TestingCopy.manifestPath(odd.digest())))
                .singleElement()
                .satisfies(
                        request -> assertThat(request.headers().first("Accept").orElseThrow())
                                .doesNotContain("Evil"));
    }
}
