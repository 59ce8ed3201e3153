package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Sources that lack a part of what they list: the report names the part, and who lists it. */
class IncompleteSourceIT {
    @AutoClose
    private final TestingCopy copy = TestingCopy.toOne();

    private final TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 1, 1000, 1);

    private String failure(TestingImage root, String lacking) {
        root.putInto(copy.source(), TestingCopy.NAME, TestingCopy.TAG);
        copy.source().content().delete(TestingCopy.NAME, lacking);
        return copy.fails(ErrorKind.INCOMPLETE_SOURCE).error();
    }

    private String at(TestingImage document) {
        return copy.source().authority() + "/" + TestingCopy.NAME + "@" + document.digest();
    }

    @Test
    void namesThePlatformThatIsLacking() {
        String lacking = image.children().get(1).digest();

        assertThat(failure(image, lacking))
                .isEqualTo("index " + at(image) + " lists linux/arm64/v8 (" + lacking
                        + "), which does not exist in the source; push the image to the source again, with everything"
                        + " it references");
    }

    @Test
    void namesTheNestedIndexThatListsIt() {
        TestingImage root = TestingImage.index().add(image).build();
        String lacking = image.children().get(0).digest();

        assertThat(failure(root, lacking)).startsWith("index " + at(image) + " lists linux/amd64 (" + lacking + ")");
    }

    @Test
    void namesTheIndexThatIsLacking() {
        TestingImage root =
                TestingImage.index().add(image).add(TestingImages.small(3)).build();

        assertThat(failure(root, image.digest()))
                .startsWith("index " + at(root) + " lists " + image.mediaType() + " (" + image.digest() + ")");
    }

    @Test
    void namesThePlatformWhoseBlobIsLacking() {
        TestingImage child = image.children().get(1);
        TestingBlob layer = child.blobs().get(1);

        assertThat(failure(image, layer.digest()))
                .startsWith("manifest " + at(child) + " (linux/arm64/v8) lists ")
                .contains("(" + layer.digest() + "), which does not exist in the source");
    }

    @Test
    void namesTheListedBlobThatIsLacking() {
        TestingBlob statement = TestingBlob.text("application/vnd.in-toto+json", "{}", Map.of());
        TestingImage root = TestingImage.index().add(image).add(statement).build();

        assertThat(failure(root, statement.digest()))
                .startsWith("index " + at(root) + " lists application/vnd.in-toto+json (" + statement.digest() + ")");
    }

    @Test
    void saysNothingThatCannotBePrinted() {
        TestingImage child = TestingImages.small(4);
        TestingImage root = TestingImage.index()
                .add(TestingImage.manifest()
                        .platform("linux\u001b[2J/amd64")
                        .layers(LayerKind.GZIP, 1, 1000, 5)
                        .build())
                .add(child)
                .build();

        assertThat(failure(root, root.children().get(0).digest())).contains(" lists content (sha256:");
    }

    @Test
    void stillHasNoSourceWhereTheTagIsLacking() {
        copy.fails(ErrorKind.SOURCE_NOT_FOUND);
    }
}
