package dev.imagemirror.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestingRegistryListTest {
    @Test
    void listsTagsInPages() throws Exception {
        try (TestingRegistry registry = TestingRegistry.builder().tagPage(2).start()) {
            WebClient client = new WebClient(registry.url());
            for (String tag : List.of("c", "a", "b")) {
                TestingImages.small(1).putInto(registry, "app", tag);
            }

            HttpResponse<byte[]> first = client.get("/v2/app/tags/list");
            HttpResponse<byte[]> second = client.get("/v2/app/tags/list?n=1000&last=b");

            assertThat(text(first)).contains("{\"name\":\"app\",\"tags\":[\"a\",\"b\"]}");
            assertThat(WebClient.header(first, "Link")).isEqualTo("</v2/app/tags/list?last=b&n=2>; rel=\"next\"");
            assertThat(text(second)).contains("[\"c\"]");
            assertThat(WebClient.header(second, "Link")).isEmpty();
            assertThat(text(client.get("/v2/none/tags/list"))).contains("NAME_UNKNOWN");
        }
    }

    @Test
    void listsReferrersInPagesAndByType() throws Exception {
        try (TestingRegistry registry =
                TestingRegistry.builder().referrerPage(1).start()) {
            WebClient client = new WebClient(registry.url());
            TestingImage image = TestingImages.small(1);
            image.putInto(registry, "app", "v1");
            TestingImages.referrer(image, "example/one").putInto(registry, "app", "");
            TestingImage two = TestingImages.referrer(image, "example/two");
            two.putInto(registry, "app", "");
            String path = "/v2/app/referrers/" + image.digest();

            HttpResponse<byte[]> first = client.get(path);
            String link = WebClient.header(first, "Link");
            HttpResponse<byte[]> second = client.get(link.substring(1, link.indexOf('>')));
            HttpResponse<byte[]> filtered = client.get(path + "?artifactType=example/two");

            assertThat(text(first) + text(second)).contains("example/one", "example/two", "org.example.kind");
            assertThat(WebClient.header(second, "Link")).isEmpty();
            assertThat(text(filtered)).contains(two.digest()).doesNotContain("example/one");
            assertThat(WebClient.header(filtered, "OCI-Filters-Applied")).isEqualTo("artifactType");
        }
    }

    @Test
    void saysOciSubjectOnlyWithReferrersApi() throws Exception {
        try (TestingRegistry registry = TestingRegistry.start()) {
            WebClient client = new WebClient(registry.url());
            TestingImage image = TestingImages.small(1);
            TestingImage referrer = TestingImages.referrer(image, "example/one");
            referrer.putInto(registry, "app", "");

            assertThat(subject(client, referrer)).isEqualTo(image.digest());
            registry.enable(Trait.NO_REFERRERS);
            assertThat(subject(client, referrer)).isEmpty();
            assertThat(client.get("/v2/app/referrers/" + image.digest()).statusCode())
                    .isEqualTo(404);
        }
    }

    private static String subject(WebClient client, TestingImage referrer) throws Exception {
        HttpResponse<byte[]> put = client.put(
                "/v2/app/manifests/" + referrer.digest(), referrer.bytes(), "Content-Type", referrer.mediaType());
        assertThat(put.statusCode()).isEqualTo(201);
        return WebClient.header(put, "OCI-Subject");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }
}
