package dev.imagemirror.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Hashes;
import dev.imagemirror.testing.registry.Trait;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TestingRegistryTraitTest {
    private static final String[] ANY = {"Accept", "application/vnd.oci.image.manifest.v1+json"};

    @Test
    void givesRelativeLocationsWithoutQuery() throws Exception {
        try (TestingRegistry registry = TestingRegistry.builder()
                .with(Trait.RELATIVE_LOCATIONS, Trait.UPLOAD_LOCATIONS_WITHOUT_QUERY)
                .start()) {
            HttpResponse<byte[]> started = new WebClient(registry.url()).post("/v2/app/blobs/uploads/");

            assertThat(WebClient.header(started, "Location"))
                    .startsWith("/v2/app/blobs/uploads/")
                    .doesNotContain("?");
        }
    }

    @Test
    void withholdsContentDigest() throws Exception {
        try (TestingRegistry registry =
                TestingRegistry.builder().with(Trait.NO_CONTENT_DIGEST).start()) {
            TestingImages.small(1).putInto(registry, "app", "v1");

            HttpResponse<byte[]> head = new WebClient(registry.url()).head("/v2/app/manifests/v1", ANY);

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(WebClient.header(head, "Docker-Content-Digest")).isEmpty();
        }
    }

    @Test
    void refusesWritesAsLongAsItIsTold() throws Exception {
        try (TestingRegistry registry =
                TestingRegistry.builder().with(Trait.READ_ONLY).start()) {
            WebClient client = new WebClient(registry.url());

            assertThat(client.post("/v2/app/blobs/uploads/").statusCode()).isEqualTo(405);
            registry.disable(Trait.READ_ONLY);
            registry.enable(Trait.WRITES_DENIED);
            assertThat(client.post("/v2/app/blobs/uploads/").statusCode()).isEqualTo(403);
            registry.disable(Trait.WRITES_DENIED);
            assertThat(client.post("/v2/app/blobs/uploads/").statusCode()).isEqualTo(202);
        }
    }

    @Test
    void refusesTagThatExistsWhereTagsAreImmutable() throws Exception {
        try (TestingRegistry registry =
                TestingRegistry.builder().with(Trait.IMMUTABLE_TAGS).start()) {
            TestingImage image = TestingImages.small(1);
            image.putInto(registry, "app", "v1");

            HttpResponse<byte[]> again = new WebClient(registry.url())
                    .put("/v2/app/manifests/v1", image.bytes(), "Content-Type", image.mediaType());

            assertThat(again.statusCode()).isEqualTo(400);
            assertThat(text(again)).contains("TAG_INVALID", "ImageTagAlreadyExistsException");
        }
    }

    @Test
    void wantsMountsWithTheirSource() throws Exception {
        try (TestingRegistry registry =
                TestingRegistry.builder().with(Trait.MOUNT_NEEDS_FROM).start()) {
            String digest = Hashes.sha256(new byte[0]);

            HttpResponse<byte[]> answer = new WebClient(registry.url()).post("/v2/app/blobs/uploads/?mount=" + digest);

            assertThat(answer.statusCode()).isEqualTo(400);
        }
    }

    @Test
    void countsGetsOfManifestsAgainstTheRateLimit() throws Exception {
        try (TestingRegistry registry =
                TestingRegistry.builder().rateLimit(2, Duration.ofHours(6)).start()) {
            TestingImages.small(1).putInto(registry, "app", "v1");
            WebClient client = new WebClient(registry.url());

            assertThat(WebClient.header(client.head("/v2/app/manifests/v1", ANY), "ratelimit-remaining"))
                    .isEqualTo("2;w=21600");
            client.get("/v2/app/manifests/v1", ANY);
            assertThat(WebClient.header(client.get("/v2/app/manifests/v1", ANY), "ratelimit-remaining"))
                    .isEqualTo("0;w=21600");
            HttpResponse<byte[]> third = client.get("/v2/app/manifests/v1", ANY);
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(text(third)).contains("TOOMANYREQUESTS");
            assertThat(WebClient.header(third, "ratelimit-limit")).isEqualTo("2;w=21600");
            registry.resetRateLimit();
            assertThat(client.get("/v2/app/manifests/v1", ANY).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answersAsOldProxiesAndCachesDo() throws Exception {
        try (TestingRegistry registry =
                TestingRegistry.builder().with(Trait.NO_HEAD, Trait.COMPRESSES).start()) {
            TestingImage image = TestingImages.small(1);
            image.putInto(registry, "app", "v1");
            WebClient client = new WebClient(registry.url());
            String path = "/v2/app/manifests/v1";
            String[] identity = {ANY[0], ANY[1], "Accept-Encoding", "identity"};

            assertThat(client.head(path, ANY).statusCode()).isEqualTo(405);
            assertThat(WebClient.header(client.get(path, ANY), "Content-Encoding"))
                    .isEqualTo("gzip");
            assertThat(client.get(path, identity).body()).isEqualTo(image.bytes());
            registry.enable(Trait.WHOLE_IS_PARTIAL);
            HttpResponse<byte[]> part = client.get(path, identity);
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(WebClient.header(part, "Content-Range"))
                    .isEqualTo("bytes 0-" + (image.bytes().length - 1) + "/" + image.bytes().length);
            registry.enable(Trait.ALWAYS_COMPRESSES);
            assertThat(WebClient.header(client.get(path, identity), "Content-Encoding"))
                    .isEqualTo("gzip");
        }
    }

    @Test
    void behavesAsEcr() throws Exception {
        try (TestingRegistry registry = TestingRegistry.builder().ecr("one").start()) {
            WebClient client = new WebClient(registry.url());
            String start = "/v2/app/blobs/uploads/";

            assertThat(client.post(start).statusCode()).isEqualTo(401);
            assertThat(text(client.post(start, ecr("one")))).contains("NAME_UNKNOWN");
            registry.content().createRepository("app");
            assertThat(client.post(start, ecr("one")).statusCode()).isEqualTo(202);
            registry.rotateEcrToken("two");
            HttpResponse<byte[]> expired = client.post(start, ecr("one"));
            assertThat(expired.statusCode()).isEqualTo(403);
            assertThat(text(expired)).contains("DENIED", "authorization token has expired");
            assertThat(client.post(start, ecr("two")).statusCode()).isEqualTo(202);
        }
    }

    @Test
    void keepsOnlyTheFirstPatchAsEcr() throws Exception {
        try (TestingRegistry registry =
                TestingRegistry.builder().with(Trait.FIRST_PATCH_ONLY).start()) {
            WebClient client = new WebClient(registry.url());
            String location = WebClient.header(client.post("/v2/app/blobs/uploads/"), "Location");

            HttpResponse<byte[]> first = client.send("PATCH", location, BodyPublishers.ofString("one"));
            client.send("PATCH", location, BodyPublishers.ofString("two"));
            HttpResponse<byte[]> put =
                    client.put(location + "&digest=" + Hashes.sha256("onetwo".getBytes(UTF_8)), new byte[0]);

            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(put.statusCode()).isEqualTo(400);
        }
    }

    private static String[] ecr(String token) {
        return TestingRegistryAuthTest.basic("AWS", token);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }
}
