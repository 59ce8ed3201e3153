package dev.imagemirror.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Hashes;
import dev.imagemirror.testing.registry.Trait;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TestingRegistryTest {
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    private final WebClient client = new WebClient(registry.url());

    @Test
    void answersPing() throws Exception {
        assertThat(client.get("/v2/").statusCode()).isEqualTo(200);
        assertThat(client.get("/").statusCode()).isEqualTo(404);
    }

    @Test
    void takesBlobInOnePut() throws Exception {
        String digest = Hashes.sha256(HELLO);

        HttpResponse<byte[]> started = client.post("/v2/app/blobs/uploads/");
        String location = WebClient.header(started, "Location");
        HttpResponse<byte[]> put = client.put(location + "&digest=" + digest, HELLO);

        assertThat(started.statusCode()).isEqualTo(202);
        assertThat(location).startsWith(registry.url()).contains("?_state=");
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(WebClient.header(put, "Docker-Content-Digest")).isEqualTo(digest);
        assertThat(registry.content().blob("app", digest)).hasValue(HELLO);
        assertThat(registry.content().uploads()).isEmpty();
    }

    @Test
    void takesLargeBlobInChunksOfUnknownLength() throws Exception {
        byte[] bytes = new byte[3_500_000];
        new SplittableRandom(1).nextBytes(bytes);
        String location = WebClient.header(client.post("/v2/app/blobs/uploads/"), "Location");

        HttpResponse<byte[]> patched =
                client.send("PATCH", location, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
        String next = WebClient.header(patched, "Location");
        client.put(next + "&digest=" + Hashes.sha256(bytes), new byte[0]);

        assertThat(WebClient.header(patched, "Range")).isEqualTo("0-3499999");
        assertThat(registry.content().blob("app", Hashes.sha256(bytes))).hasValue(bytes);
        assertThat(client.get("/v2/app/blobs/" + Hashes.sha256(bytes)).body()).isEqualTo(bytes);
    }

    @Test
    void refusesBlobWithOtherDigest() throws Exception {
        String location = WebClient.header(client.post("/v2/app/blobs/uploads/"), "Location");

        HttpResponse<byte[]> put = client.put(location + "&digest=" + Hashes.sha256(new byte[1]), HELLO);

        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(text(put)).contains("DIGEST_INVALID");
        assertThat(registry.content().blobs("app")).isEmpty();
    }

    @Test
    void tellsAndEndsAnUpload() throws Exception {
        String location = WebClient.header(client.post("/v2/app/blobs/uploads/"), "Location");
        assertThat(registry.content().uploads()).hasSize(1);

        assertThat(client.get(location).statusCode()).isEqualTo(204);
        assertThat(client.delete(location).statusCode()).isEqualTo(204);
        assertThat(text(client.get(location))).contains("BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void keepsBlobsOfRepositoriesApartUnlessMounted() throws Exception {
        String digest = registry.content().putBlob("one", HELLO);

        assertThat(client.head("/v2/two/blobs/" + digest).statusCode()).isEqualTo(404);
        assertThat(mount(digest).statusCode()).isEqualTo(201);
        assertThat(client.head("/v2/two/blobs/" + digest).statusCode()).isEqualTo(200);
    }

    @Test
    void startsAnUploadWhereAMountIsRefused() throws Exception {
        registry.enable(Trait.NO_MOUNT);

        HttpResponse<byte[]> answer = mount(registry.content().putBlob("one", HELLO));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(WebClient.header(answer, "Location")).isNotEmpty();
    }

    @Test
    void servesRangesOfABlob() throws Exception {
        String path = "/v2/app/blobs/" + registry.content().putBlob("app", HELLO);

        HttpResponse<byte[]> rest = client.get(path, "Range", "bytes=2-");

        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(text(rest)).isEqualTo("llo");
        assertThat(WebClient.header(rest, "Content-Range")).isEqualTo("bytes 2-4/5");
        assertThat(text(client.get(path, "Range", "bytes=1-2"))).isEqualTo("el");
        assertThat(text(client.get(path, "Range", "bytes=-2"))).isEqualTo("lo");
        assertThat(client.get(path, "Range", "bytes=5-").statusCode()).isEqualTo(416);
    }

    @Test
    void takesManifestOnlyWithItsBlobs() throws Exception {
        TestingImage image = TestingImages.small(1);

        HttpResponse<byte[]> before = put(image, "v1");
        image.blobs().forEach(blob -> registry.content().putBlob("app", blob.bytes()));
        HttpResponse<byte[]> after = put(image, "v1");

        assertThat(before.statusCode()).isEqualTo(400);
        assertThat(text(before)).contains("MANIFEST_BLOB_UNKNOWN");
        assertThat(after.statusCode()).isEqualTo(201);
        assertThat(WebClient.header(after, "Docker-Content-Digest")).isEqualTo(image.digest());
        assertThat(registry.content().tagDigest("app", "v1")).hasValue(image.digest());
        assertThat(image.differences(registry, "app", "v1")).isEmpty();
    }

    @Test
    void takesIndexOnlyWithItsChildren() throws Exception {
        TestingImage index = TestingImage.index().add(TestingImages.small(1)).build();

        assertThat(text(put(index, "v1"))).contains("MANIFEST_BLOB_UNKNOWN");
        assertThat(registry.content().tags("app")).isEmpty();
    }

    @Test
    void refusesManifestUnderAnotherDigest() throws Exception {
        assertThat(text(put(TestingImages.small(1), TestingImages.small(2).digest())))
                .contains("DIGEST_INVALID");
    }

    @Test
    void servesManifestByTagAndDigestWithItsType() throws Exception {
        TestingImage image = TestingImages.small(1);
        image.putInto(registry, "app", "v1");

        HttpResponse<byte[]> byTag = client.get("/v2/app/manifests/v1", "Accept", OCI_MANIFEST);
        HttpResponse<byte[]> head = client.head("/v2/app/manifests/" + image.digest(), "Accept", OCI_MANIFEST);

        assertThat(byTag.body()).isEqualTo(image.bytes());
        assertThat(WebClient.header(byTag, "Content-Type")).isEqualTo(OCI_MANIFEST);
        assertThat(WebClient.header(head, "Docker-Content-Digest")).isEqualTo(image.digest());
        assertThat(WebClient.header(head, "Content-Length")).isEqualTo(Integer.toString(image.bytes().length));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void resolvesDockerListForClientsThatDoNotAcceptIt() throws Exception {
        TestingImage list = TestingImages.dockerList(100, 1);
        list.putInto(registry, "app", "v1");

        HttpResponse<byte[]> answer = client.get(
                "/v2/app/manifests/v1", "Accept", list.children().get(0).mediaType());

        assertThat(answer.body()).isEqualTo(list.children().get(0).bytes());
    }

    @Test
    void hidesOciManifestFromClientsThatDoNotAcceptIt() throws Exception {
        TestingImages.small(1).putInto(registry, "app", "v1");

        assertThat(client.get("/v2/app/manifests/v1").statusCode()).isEqualTo(404);
        registry.enable(Trait.IGNORES_ACCEPT);
        assertThat(client.get("/v2/app/manifests/v1").statusCode()).isEqualTo(200);
    }

    @Test
    void deletesTagManifestAndBlob() throws Exception {
        TestingImage image = TestingImages.small(1);
        image.putInto(registry, "app", "v1");
        image.putInto(registry, "app", "v2");

        assertThat(client.delete("/v2/app/manifests/v1").statusCode()).isEqualTo(202);
        assertThat(registry.content().tags("app")).containsExactly("v2");
        assertThat(client.delete("/v2/app/manifests/" + image.digest()).statusCode())
                .isEqualTo(202);
        assertThat(registry.content().tags("app")).isEmpty();
        String blob = image.blobs().get(0).digest();
        assertThat(client.delete("/v2/app/blobs/" + blob).statusCode()).isEqualTo(202);
        assertThat(client.delete("/v2/app/blobs/" + blob).statusCode()).isEqualTo(404);
    }

    @Test
    void recordsEveryRequest() throws Exception {
        String digest = registry.content().putBlob("app", HELLO);
        client.get("/v2/app/blobs/" + digest + "?a=1");
        client.put("/v2/app/manifests/v1", HELLO);

        assertThat(registry.requests()).hasSize(2);
        assertThat(registry.requests("GET", ".*/blobs/.+"))
                .singleElement()
                .satisfies(get -> assertThat(get.bytesSent()).isEqualTo(5))
                .satisfies(get -> assertThat(get.query().first("a")).hasValue("1"))
                .satisfies(get -> assertThat(get.status()).isEqualTo(200));
        assertThat(registry.requests("*", ".*/manifests/v1"))
                .singleElement()
                .satisfies(put -> assertThat(put.bytesReceived()).isEqualTo(5))
                .satisfies(put -> assertThat(put.status()).isEqualTo(400));
        registry.clearRequests();
        assertThat(registry.requests()).isEmpty();
    }

    private HttpResponse<byte[]> mount(String digest) throws IOException, InterruptedException {
        return client.post("/v2/two/blobs/uploads/?mount=" + digest + "&from=one");
    }

    private HttpResponse<byte[]> put(TestingImage image, String reference) throws IOException, InterruptedException {
        return client.put("/v2/app/manifests/" + reference, image.bytes(), "Content-Type", image.mediaType());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }
}
