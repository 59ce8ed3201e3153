package dev.imagemirror.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.MediaTypes;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Response;
import dev.imagemirror.testing.registry.Trait;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list of referrers takes no more memory than a list of that kind may need. */
class ReferrerBoundsIT {
    private static final String NAME = "team/app";
    private static final int MOST = 10_000;

    @AutoClose
    private final TestingRegistry registry = TestingRegistry.start();

    @AutoClose
    private final RegistryClient client = TestingClient.trying(3);

    private final Repository repository = new Repository(registry.authority(), NAME);
    private final Digest subject = Digest.sha256(new byte[] {1});
    private int pages;

    @Test
    void takesAsManyAsAreAllowedInAll() throws Exception {
        answer(index(MOST / 2), true);
        answer(index(MOST / 2), false);

        assertThat(client.referrers(repository, subject).referrers()).hasSize(MOST);
    }

    @Test
    void refusesOneMoreOnTheNextPage() {
        answer(index(MOST / 2), true);
        answer(index(MOST / 2 + 1), true);

        assertRefused("more than " + MOST);
        assertThat(registry.requests("GET", ".*/referrers/.*")).hasSize(2);
    }

    @Test
    void refusesAPageLargerThanAManifest() {
        answer(index(1) + " ".repeat(4 << 20), false);

        assertRefused("page of more than");
        assertThat(registry.requests("GET", ".*/referrers/.*")).hasSize(1);
    }

    @Test
    void refusesALongListUnderTheFallbackTag() {
        registry.enable(Trait.NO_REFERRERS);
        registry.content()
                .putManifest(
                        NAME,
                        ReferrerLister.fallbackTag(subject),
                        MediaTypes.OCI_INDEX,
                        index(MOST + 1).getBytes(UTF_8));

        assertRefused("more than " + MOST);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 410, 501})
    void reportsAnIncompleteListWhenTheNextPageIsUnavailable(int status) {
        answer(index(1), true);
        registry.fault(Fault.on("GET", ".*/referrers/.*").always().then(Faults.status(status)));

        assertThatThrownBy(() -> client.referrers(repository, subject))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isBrokenList()).isTrue())
                .hasMessageContaining("is incomplete: page 2");
    }

    @Test
    void saysThatAListIsIncompleteThatLeadsBackToAPageThatWasRead() {
        answer(index(1), true);
        answer(index(2), true);
        answer(index(1), true);

        assertThatThrownBy(() -> client.referrers(repository, subject))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.isBrokenList()).isTrue())
                .hasMessageContainingAll("the list of referrers of", subject.toString(), "incomplete", "read before");
        assertThat(registry.requests("GET", ".*/referrers/.*")).hasSize(3);
    }

    private void assertRefused(String fault) {
        assertThatThrownBy(() -> client.referrers(repository, subject))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_IMAGE))
                .hasMessageContaining(fault);
    }

    /** The next page of the list. */
    private void answer(String body, boolean more) {
        Response page = Response.text(200, MediaTypes.OCI_INDEX, body);
        String next = "</v2/" + NAME + "/referrers/" + subject + "?page=" + body.length() + ">; rel=\"next\"";
        registry.fault(Fault.on("GET", ".*/referrers/.*")
                .skip(pages++)
                .then(Faults.answer(more ? page.with("Link", next) : page)));
    }

    private static String index(int referrers) {
        String descriptor = "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"sha256:" + "ab".repeat(32)
                + "\",\"size\":1}";
        return IntStream.range(0, referrers)
                .mapToObj(i -> descriptor)
                .collect(Collectors.joining(
                        ",",
                        "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[",
                        "]}"));
    }
}
