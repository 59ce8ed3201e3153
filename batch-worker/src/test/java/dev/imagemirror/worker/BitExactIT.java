package dev.imagemirror.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.LayerKind;
import dev.imagemirror.testing.image.TestingBlob;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.image.TestingLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every byte at three destinations is the source's, whatever the image is made of. */
class BitExactIT {
    private static final String NAME = "team/app";
    private static final String TAG = "1.0";
    private static final int LAYER_BYTES = 20_000;

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    private final List<TestingRegistry> destinations =
            Stream.generate(TestingRegistry::start).limit(3).toList();

    @AfterEach
    void stop() {
        destinations.forEach(TestingRegistry::close);
    }

    @ParameterizedTest
    @EnumSource(LayerKind.class)
    void keepsLayersOfEachCompression(LayerKind kind) {
        TestingImage image = TestingImages.multiPlatform(kind, 2, 2, LAYER_BYTES, 1);
        assertThat(image.blobs()).extracting(TestingBlob::mediaType).contains(layerType(kind));

        assertCopied(image);
    }

    @Test
    void keepsNestedIndexes() {
        TestingImage inner = TestingImages.multiPlatform(LayerKind.GZIP, 2, 1, 1000, 2);
        TestingImage middle = TestingImage.index().add(inner).build();
        TestingImage outer = TestingImage.index()
                .add(middle)
                .add(TestingImages.small(3))
                .add(inner)
                .build();

        assertCopied(outer);

        assertThat(destinations)
                .allSatisfy(registry -> assertThat(registry.content().manifests(NAME))
                        .contains(inner.digest(), middle.digest(), outer.digest()));
    }

    @Test
    void keepsAttestationsOfUnknownPlatform() {
        TestingImage platform = TestingImages.small(4);
        TestingImage image =
                TestingImage.index().add(platform).attestationFor(platform).build();
        TestingImage attestation = image.children().get(1);
        assertThat(attestation.platform()).isEqualTo("unknown/unknown");

        assertCopied(image);

        assertThat(destinations)
                .allSatisfy(registry ->
                        assertThat(registry.content().manifests(NAME)).contains(attestation.digest()));
    }

    @Test
    void keepsArtifactsWithTheEmptyConfig() {
        TestingImage artifact = TestingImages.artifact(5);
        assertThat(artifact.blobs().get(0).bytes()).isEqualTo("{}".getBytes(UTF_8));

        assertCopied(artifact);
    }

    @Test
    void keepsDockerListsAndTheirMediaTypes() {
        TestingImage list = TestingImages.dockerList(LAYER_BYTES, 6);

        assertCopied(list);

        assertThat(destinations).allSatisfy(registry -> {
            assertThat(registry.content().mediaType(NAME, TAG)).hasValue(MediaTypes.DOCKER_LIST);
            assertThat(registry.content().mediaType(NAME, list.children().get(0).digest()))
                    .hasValue(MediaTypes.DOCKER_MANIFEST);
        });
    }

    @Test
    void movesEmptyAndRepeatedLayersOnce() {
        TestingLayer repeated = TestingLayer.random(LayerKind.GZIP, LAYER_BYTES, 7);
        TestingImage image = TestingImage.index()
                .add(platform("linux/amd64", repeated, repeated, TestingLayer.empty()))
                .add(platform("linux/arm64", TestingLayer.empty(), repeated, TestingLayer.empty()))
                .build();

        assertCopied(image);

        String[] digests = image.blobs().stream().map(TestingBlob::digest).toArray(String[]::new);
        assertThat(digests).hasSize(4);
        assertThat(destinations)
                .allSatisfy(registry -> assertThat(uploaded(registry)).containsExactlyInAnyOrder(digests));
        assertThat(source.requests("GET", "/v2/.+/blobs/.+"))
                .extracting(request -> request.path().substring(("/v2/" + NAME + "/blobs/").length()))
                .containsExactlyInAnyOrder(digests);
    }

    @Test
    void leavesForeignLayersWhereTheyAre() {
        TestingLayer foreign = TestingLayer.random(LayerKind.GZIP, 2000, 8).foreign("https://foreign.invalid/layer");
        TestingImage image = TestingImage.index()
                .add(platform("windows/amd64", foreign, TestingLayer.random(LayerKind.GZIP, 3000, 9)))
                .add(TestingImage.manifest()
                        .docker()
                        .platform("windows/arm64")
                        .layer(foreign)
                        .build())
                .build();
        List<String> absent = image.blobs().stream()
                .filter(TestingBlob::foreign)
                .map(TestingBlob::digest)
                .toList();
        assertThat(absent).hasSize(1);

        assertCopied(image);

        assertThat(Stream.concat(Stream.of(source), destinations.stream()))
                .allSatisfy(registry -> assertThat(registry.requests())
                        .isNotEmpty()
                        .noneMatch(request -> request.toString().contains(hex(absent.get(0)))));
    }

    @Test
    void keepsOddFormatting() throws Exception {
        TestingImage image = TestingImages.small(10);
        ObjectMapper json = new ObjectMapper();
        assertThat(json.writeValueAsBytes(json.readTree(image.bytes()))).isNotEqualTo(image.bytes());

        assertCopied(image);
    }

    @Test
    void keepsManifestsThatDoNotNameTheirType() {
        TestingImage child = TestingImages.small(11);
        child.putInto(source, NAME, "");
        byte[] index = "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"%s\",\"size\":%d}]}"
                .formatted(child.digest(), child.bytes().length)
                .getBytes(UTF_8);
        source.content().putManifest(NAME, TAG, MediaTypes.OCI_INDEX, index);

        assertSucceeds(mirror());

        assertEqual(MediaTypes.OCI_INDEX, index);
        assertThat(destinations)
                .allSatisfy(registry -> assertThat(child.differences(registry, NAME, child.digest()))
                        .isEmpty());
    }

    @Test
    void keepsEveryOddityOfAnIndex() {
        assertCopied(TestingImages.oddities(12));
    }

    @Test
    void keepsWhatTheDigestNamesThoughTheTagMoved() {
        TestingImage wanted = TestingImages.oddities(13);
        wanted.putInto(source, NAME, "");
        TestingImages.small(14).putInto(source, NAME, TAG);

        assertSucceeds(mirror(source.reference(NAME, TAG) + "@" + wanted.digest()));

        assertThat(destinations)
                .allSatisfy(registry ->
                        assertThat(wanted.differences(registry, NAME, TAG)).isEmpty());
    }

    private static TestingImage platform(String name, TestingLayer... layers) {
        var manifest = TestingImage.manifest().platform(name);
        List.of(layers).forEach(manifest::layer);
        return manifest.build();
    }

    private static String layerType(LayerKind kind) {
        String suffix = kind == LayerKind.TAR ? "" : "+" + kind.name().toLowerCase(Locale.ROOT);
        return "application/vnd.oci.image.layer.v1.tar" + suffix;
    }

    private static String hex(String digest) {
        return digest.substring(digest.indexOf(':') + 1);
    }

    private void assertCopied(TestingImage image) {
        image.putInto(source, NAME, TAG);
        assertThat(image.differences(destinations.get(0), NAME, TAG)).isNotEmpty();

        assertSucceeds(mirror());

        assertThat(destinations)
                .allSatisfy(registry ->
                        assertThat(image.differences(registry, NAME, TAG)).isEmpty());
    }

    private static void assertSucceeds(CommandRun run) {
        assertThat(run.exit()).as(run.err()).isZero();
    }

    private void assertEqual(String mediaType, byte[] manifest) {
        assertThat(destinations).allSatisfy(registry -> {
            assertThat(registry.content().manifest(NAME, TAG)).hasValue(manifest);
            assertThat(registry.content().mediaType(NAME, TAG)).hasValue(mediaType);
        });
    }

    private CommandRun mirror() {
        return mirror(source.reference(NAME, TAG));
    }

    private CommandRun mirror(String from) {
        List<String> words = new ArrayList<>(List.of(from));
        destinations.forEach(registry -> words.add(registry.authority() + "/" + NAME));
        return CommandRun.of(words.toArray(String[]::new));
    }

    private static List<String> uploaded(TestingRegistry registry) {
        return registry.requests("PUT", "/v2/.+/blobs/uploads/.+").stream()
                .map(BitExactIT::uploadedDigest)
                .toList();
    }

    private static String uploadedDigest(RecordedRequest request) {
        return request.query().first("digest").orElseThrow();
    }
}
