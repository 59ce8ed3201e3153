package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.TagList;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Headers;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.TokenAuth;
import dev.imagemirror.testing.registry.Trait;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagListTest {
    private static final String LIST = "/v2/app/tags/list";

    @Test
    void readsEveryPageWithOneToken() throws Exception {
        try (TestingRegistry registry = TestingRegistry.builder()
                        .tagPage(3)
                        .tokenAuth(TokenAuth.forService("svc"))
                        .start();
                RegistryClient client = client()) {
            String digest = TestingImages.small(1).putInto(registry, "app", "t0");
            IntStream.range(1, 10).forEach(i -> registry.content().putTag("app", "t" + i, digest));

            assertThat(client.tags(repository(registry)).tags())
                    .containsExactly("t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9");

            assertThat(registry.requests("GET", LIST).stream().filter(r -> r.status() == 200))
                    .hasSize(4)
                    .first()
                    .extracting(RecordedRequest::query)
                    .asString()
                    .contains("1000");
            assertThat(registry.tokenRequests()).hasSize(1);
        }
    }

    @Test
    void hasNoTagsWhereTheListIsNull() throws Exception {
        assertThat(catchThrowableOfType(
                        RegistryException.class, () -> answered("{\"name\":\"app\",\"tags\":null}", null)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "{\"name\":\"app\"}", "{\"tags\":{}}", ""})
    void isTemporaryIfTheAnswerIsNoList(String body) {
        assertThat(catchThrowableOfType(RegistryException.class, () -> answered(body, null)))
                .extracting(RegistryException::kind)
                .isEqualTo(ErrorKind.TEMPORARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<http://elsewhere.example/v2/app/tags/list?last=a>; rel=\"next\"",
                "<" + LIST + "?n=1000>; rel=next",
                "<" + LIST + "?n=1000; rel=\"next\"",
                LIST + "?last=a; rel=next"
            })
    void failsIfThereAreMorePagesThatCannotBeFollowed(String link) {
        assertThat(catchThrowableOfType(RegistryException.class, () -> answered("{\"tags\":[\"a\"]}", link)))
                .hasMessageContainingAll("the list of tags of", "/app is incomplete: it ")
                .returns(true, RegistryException::isBrokenList)
                .extracting(RegistryException::kind)
                .isEqualTo(ErrorKind.REFUSED);
    }

    @Test
    void omitsAndReportsInvalidTags() throws Exception {
        try (TestingRegistry registry =
                        TestingRegistry.builder().with(Trait.MALFORMED_TAGS).start();
                RegistryClient client = client()) {
            TestingImages.small(1).putInto(registry, "app", "v1");

            TagList list = client.tags(repository(registry));

            assertThat(list.tags()).containsExactly("v1");
            assertThat(list.skipped()).isEqualTo(8);
            assertThat(list.notice()).contains("8 invalid names", "such as ''");
        }
    }

    @Test
    void showsAnInvalidTagWithoutItsControlCharacters() {
        TagList.Builder tags = new TagList.Builder();
        tags.add("\u001b[2J\n\ud800" + "x".repeat(200));

        assertThat(tags.build().notice())
                .isEqualTo("skipped 1 invalid name in the list of tags: '\\u001b[2J\\u000a\\ud800" + "x".repeat(54)
                        + "…'");
    }

    @Test
    void failsAtOnceIfTheListLeadsBackToAPageThatWasRead() {
        try (TestingRegistry registry = TestingRegistry.builder()
                        .tagPage(1)
                        .with(Trait.LISTS_LOOP)
                        .start();
                RegistryClient client = client()) {
            String digest = TestingImages.small(1).putInto(registry, "app", "t0");
            registry.content().putTag("app", "t1", digest);

            assertThat(catchThrowableOfType(RegistryException.class, () -> client.tags(repository(registry))))
                    .hasMessageContainingAll("/app is incomplete: page 3 repeats")
                    .returns(true, RegistryException::isBrokenList)
                    .extracting(RegistryException::kind)
                    .isEqualTo(ErrorKind.REFUSED);
            assertThat(registry.requests("GET", LIST)).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 500})
    void saysThatTheListIsIncompleteIfItEndsInAnError(int status) {
        try (TestingRegistry registry = TestingRegistry.builder().tagPage(1).start();
                RegistryClient client = client()) {
            String digest = TestingImages.small(1).putInto(registry, "app", "t0");
            registry.content().putTag("app", "t1", digest);
            registry.fault(Fault.on("GET", LIST).skip(1).always().then(Faults.status(status)));

            RegistryException error =
                    catchThrowableOfType(RegistryException.class, () -> client.tags(repository(registry)));

            assertThat(error).hasMessageContaining("/app is incomplete: page 2: ");
            assertThat(error.isBrokenList()).isTrue();
            assertThat(error.kind()).isEqualTo(ErrorKind.TEMPORARY);
            assertThat(error.status()).isEqualTo(status);
        }
    }

    @Test
    void saysWhichRepositoryIsNotThere() {
        try (TestingRegistry registry = TestingRegistry.start();
                RegistryClient client = client()) {
            RegistryException error =
                    catchThrowableOfType(RegistryException.class, () -> client.tags(repository(registry)));

            assertThat(error).hasMessageContaining(registry.authority() + "/app");
            assertThat(error.kind()).isEqualTo(ErrorKind.NOT_FOUND);
            assertThat(error.status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429, 500, 503})
    void tellsTheStatusOfAFailure(int status) {
        try (TestingRegistry registry = TestingRegistry.start();
                RegistryClient client = client()) {
            registry.fault(Fault.on("GET", LIST).always().then(Faults.status(status)));

            RegistryException error =
                    catchThrowableOfType(RegistryException.class, () -> client.tags(repository(registry)));

            assertThat(error.status()).isEqualTo(status);
            assertThat(error.isUnanswered()).isFalse();
            assertThat(error.as(ErrorKind.INTERNAL).status()).isEqualTo(status);
        }
    }

    @Test
    void tellsThatThereWasNoAnswer() {
        try (TestingRegistry registry = TestingRegistry.start();
                RegistryClient client = client()) {
            registry.fault(Fault.on("GET", LIST).always().then(Faults.closeBeforeAnswer()));

            RegistryException error =
                    catchThrowableOfType(RegistryException.class, () -> client.tags(repository(registry)));

            assertThat(error.kind()).isEqualTo(ErrorKind.TEMPORARY);
            assertThat(error.status()).isZero();
            assertThat(error.isUnanswered()).isTrue();
            assertThat(error.isBrokenList()).isFalse();
        }
    }

    @Test
    void notesWhatIsLeftOfARateLimit() throws Exception {
        try (TestingRegistry registry = TestingRegistry.builder()
                        .rateLimit(5, Duration.ofHours(6))
                        .start();
                RegistryClient client = client()) {
            TestingImages.small(1).putInto(registry, "app", "v1");
            Repository repository = repository(registry);

            assertThat(repository.rateLimit()).isEmpty();
            client.manifest(repository, "v1");
            assertThat(repository.rateLimit().orElseThrow().remaining()).isEqualTo(4);
            client.digest(repository, "v1");
            assertThat(repository.rateLimit().orElseThrow().remaining()).isEqualTo(4);
        }
    }

    private static void answered(String body, String link) throws RegistryException {
        try (TestingRegistry registry = TestingRegistry.start();
                RegistryClient client = client()) {
            Headers headers = link == null ? Headers.none() : Headers.of(Map.of("Link", link));
            registry.fault(Fault.on("GET", LIST).always().then(Faults.status(200, headers, body)));
            assertThat(client.tags(repository(registry)).tags()).isEmpty();
        }
    }

    private static Repository repository(TestingRegistry registry) {
        return new Repository(registry.authority(), "app");
    }

    private static RegistryClient client() {
        RetryPolicy once = new RetryPolicy(
                1, Duration.ofMillis(1), Duration.ofMillis(1), Clock.systemUTC(), d -> {}, new SplittableRandom(1));
        return new RegistryClient(TestingSettings.onLoopback(), CredentialProvider.ANONYMOUS, once);
    }
}
