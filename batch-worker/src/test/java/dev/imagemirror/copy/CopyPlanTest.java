package dev.imagemirror.copy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is copied, in which order, and how much at most. */
class CopyPlanTest {
    private static final int MOST = 10_000;

    @AutoClose
    private final TestingSource origin = new TestingSource();

    private final SourceImage source = new SourceImage(origin.behind());
    private final List<Digest> asked = new ArrayList<>();

    private CopyPlan plan(TestingImage image, List<TestingImage> present) throws RegistryException {
        image.putInto(origin.registry(), TestingSource.NAME, "");
        List<String> digests = present.stream().map(TestingImage::digest).toList();
        return CopyPlan.of(source, Digest.parse(image.digest()), digest -> {
            asked.add(digest);
            return digests.contains(digest.toString());
        });
    }

    /** An index of that many manifests, which the repository is said to have. */
    private CopyPlan planOfIndexNaming(int manifests) throws RegistryException {
        String entries = IntStream.range(0, manifests)
                .mapToObj(
                        "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"size\":2,\"digest\":\"sha256:%064x\"}"
                                ::formatted)
                .collect(Collectors.joining(","));
        String index = "{\"schemaVersion\":2,\"manifests\":[" + entries + "]}";
        String digest = origin.registry()
                .content()
                .putManifest(TestingSource.NAME, "", MediaTypes.OCI_INDEX, index.getBytes(UTF_8));
        return CopyPlan.of(source, Digest.parse(digest), asked::add);
    }

    private static List<String> digests(CopyPlan plan) {
        return plan.manifests().stream().map(Digest::toString).toList();
    }

    private static void assertInvalid(ThrowingCallable planning, String fault) {
        assertThatThrownBy(planning)
                .hasMessageContaining(fault)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_IMAGE));
    }

    private static TestingImage nested(int depth) {
        TestingImage image = TestingImages.small(1);
        for (int level = 0; level < depth; level++) {
            image = TestingImage.index().add(image).build();
        }
        return image;
    }

    @Test
    void pushesChildrenBeforeThoseWhoNameThemAndTheRootLast() throws Exception {
        TestingImage image = TestingImages.oddities(1);

        CopyPlan plan = plan(image, List.of());

        List<String> order = digests(plan);
        assertThat(order).doesNotHaveDuplicates().last().isEqualTo(image.digest());
        assertThat(order)
                .containsExactlyInAnyOrderElementsOf(
                        image.manifests().stream().map(TestingImage::digest).toList());
        for (TestingImage manifest : image.manifests()) {
            for (TestingImage child : manifest.children()) {
                assertThat(order.indexOf(child.digest())).isLessThan(order.indexOf(manifest.digest()));
            }
        }
    }

    @Test
    void takesEachBlobOnceTheSmallestFirstAndNoForeignOne() throws Exception {
        TestingImage image = TestingImages.oddities(1);

        List<Descriptor> blobs = plan(image, List.of()).blobs();

        assertThat(blobs).extracting(Descriptor::size).isSorted();
        assertThat(blobs)
                .extracting(blob -> blob.digest().toString())
                .containsExactlyInAnyOrderElementsOf(image.blobs().stream()
                        .filter(blob -> !blob.foreign())
                        .map(TestingBlob::digest)
                        .toList());
    }

    @Test
    void leavesOutWhatTheRepositoryHas() throws Exception {
        TestingImage image = TestingImages.multiPlatform(LayerKind.GZIP, 2, 2, 1000, 1);
        TestingImage present = image.children().get(0);
        TestingImage lacking = image.children().get(1);

        CopyPlan plan = plan(image, List.of(present));

        assertThat(digests(plan)).containsExactly(lacking.digest(), image.digest());
        assertThat(plan.blobs())
                .extracting(blob -> blob.digest().toString())
                .containsExactlyInAnyOrderElementsOf(
                        lacking.blobs().stream().map(TestingBlob::digest).toList());
        assertThat(origin.registry().requests("GET", ".+/manifests/" + present.digest()))
                .isEmpty();
    }

    @Test
    void asksForEachChildOnceAndNotForTheRoot() throws Exception {
        TestingImage child = TestingImages.small(1);
        TestingImage image = TestingImage.index()
                .add(child)
                .add(TestingImage.index().add(child).build())
                .add(child)
                .build();

        plan(image, List.of());

        assertThat(asked)
                .doesNotHaveDuplicates()
                .hasSize(2)
                .doesNotContain(Digest.parse(image.digest()))
                .contains(Digest.parse(child.digest()));
    }

    @Test
    void followsEightLevelsAndNoMore() throws Exception {
        assertThat(plan(nested(8), List.of()).manifests()).hasSize(9);
        assertInvalid(() -> plan(nested(9), List.of()), "nested deeper than 8");
    }

    @Test
    void takesTenThousandManifests() throws Exception {
        assertThat(planOfIndexNaming(MOST).manifests()).hasSize(1);
        assertThat(asked).hasSize(MOST);
    }

    @Test
    void refusesMoreThanTenThousandManifests() {
        assertInvalid(() -> planOfIndexNaming(MOST + 1), "more than 10000 manifests");
    }

    @Test
    void refusesABlobOfTwoSizes() {
        String digest = Digest.sha256(new byte[0]).toString();
        String layer = "{\"mediaType\":\"text/plain\",\"digest\":\"" + digest + "\",\"size\":%d}";
        String manifest = "{\"schemaVersion\":2,\"layers\":[" + layer.formatted(1) + "," + layer.formatted(2) + "]}";
        Digest root = Digest.parse(origin.registry()
                .content()
                .putManifest(TestingSource.NAME, "", MediaTypes.OCI_MANIFEST, manifest.getBytes(UTF_8)));

        assertInvalid(() -> CopyPlan.of(source, root, unused -> false), digest + " is listed with two different sizes");
    }
}
