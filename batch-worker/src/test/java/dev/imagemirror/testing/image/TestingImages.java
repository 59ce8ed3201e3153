package dev.imagemirror.testing.image;

import java.util.List;
import java.util.Map;

/** Ready-made images. Those of the same arguments are the same, bit for bit. */
public final class TestingImages {
    private static final List<String> PLATFORMS =
            List.of("linux/amd64", "linux/arm64/v8", "linux/arm/v7", "linux/s390x", "linux/ppc64le", "windows/amd64");

    private TestingImages() {}

    /** One platform, one small gzip layer. */
    public static TestingImage small(long seed) {
        return TestingImage.manifest().layers(LayerKind.GZIP, 1, 1000, seed).build();
    }

    /**
     * An OCI index.
     *
     * @param platforms at most 6
     * @param layers of each platform; none is shared
     * @param layerBytes of random content in each
     */
    public static TestingImage multiPlatform(LayerKind kind, int platforms, int layers, int layerBytes, long seed) {
        IndexBuilder index = TestingImage.index();
        for (int number = 0; number < platforms; number++) {
            index.add(TestingImage.manifest()
                    .platform(PLATFORMS.get(number))
                    .layers(kind, layers, layerBytes, seed * 100 + number)
                    .build());
        }
        return index.build();
    }

    /** A Docker manifest list of two platforms. */
    public static TestingImage dockerList(int layerBytes, long seed) {
        IndexBuilder list = TestingImage.index().docker();
        for (int number = 0; number < 2; number++) {
            list.add(TestingImage.manifest()
                    .docker()
                    .platform(PLATFORMS.get(number))
                    .layers(LayerKind.GZIP, 2, layerBytes, seed * 100 + number)
                    .build());
        }
        return list.build();
    }

    /**
     * All that is legal and rarely tested in one index: the three compressions, a layer twice in a manifest and in two
     * platforms, the empty layer, a foreign layer, attestations, an artifact, a Docker manifest and a nested index.
     */
    public static TestingImage oddities(long seed) {
        TestingLayer shared = TestingLayer.random(LayerKind.GZIP, 5000, seed);
        TestingImage first = TestingImage.manifest()
                .layer(shared)
                .layer(shared)
                .layer(TestingLayer.random(LayerKind.TAR, 3000, seed + 1))
                .layer(TestingLayer.random(LayerKind.ZSTD, 4000, seed + 2))
                .layer(TestingLayer.empty())
                .build();
        TestingImage second = TestingImage.manifest()
                .platform("windows/amd64")
                .layer(TestingLayer.random(LayerKind.GZIP, 2000, seed + 3).foreign("https://foreign.invalid/layer"))
                .layer(shared)
                .layer(TestingLayer.empty())
                .build();
        TestingImage docker = TestingImage.manifest()
                .docker()
                .platform("linux/arm/v7")
                .layers(LayerKind.GZIP, 1, 1500, seed + 4)
                .build();
        return TestingImage.index()
                .add(first)
                .add(second)
                .attestationFor(first)
                .add(artifact(seed))
                .add(TestingImage.index().add(docker).add(first).build())
                .build();
    }

    /** An artifact: empty config, a type of its own, a layer of text. */
    public static TestingImage artifact(long seed) {
        return TestingImage.manifest()
                .artifact("application/vnd.example.report")
                .blob(TestingBlob.text("text/plain", "report " + seed + "\n", Map.of("title", "report.txt")))
                .build();
    }

    /** An artifact whose subject is the image, found by the referrers API. */
    public static TestingImage referrer(TestingImage image, String artifactType) {
        return TestingImage.manifest()
                .artifact(artifactType)
                .blob(TestingBlob.text("application/json", "{\"of\":\"" + image.digest() + "\"}", Map.of()))
                .subject(image)
                .annotation("org.example.kind", "sbom")
                .build();
    }

    /** What cosign stores under the image's tag {@code sha256-<hex>.sig}; see {@link TestingImage#cosignTag}. */
    public static TestingImage signature(TestingImage image) {
        String payload = "{\"critical\":{\"image\":{\"docker-manifest-digest\":\"" + image.digest() + "\"}}}";
        Map<String, String> annotations = Map.of("dev.cosignproject.cosign/signature", "bm90IGEgc2lnbmF0dXJl");
        return TestingImage.manifest()
                .blob(TestingBlob.text("application/vnd.dev.cosign.simplesigning.v1+json", payload, annotations))
                .build();
    }

    /** The manifest of an attestation as BuildKit writes it: an in-toto statement for an unknown platform. */
    static TestingImage attestation(TestingImage image) {
        String statement = "{\"_type\":\"https://in-toto.io/Statement/v0.1\",\"subject\":[{\"digest\":{\"sha256\":\""
                + image.digest().substring("sha256:".length()) + "\"}}]}";
        Map<String, String> annotations = Map.of("in-toto.io/predicate-type", "https://slsa.dev/provenance/v0.2");
        return TestingImage.manifest()
                .platform("unknown/unknown")
                .blob(TestingBlob.text("application/vnd.in-toto+json", statement, annotations))
                .build();
    }
}
