package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.TestingSettings;
import dev.imagemirror.registry.http.RegistrySettings;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.TestingImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A source, its destinations, and copies between them whose waits take no time. Used by one thread. */
final class TestingCopy implements AutoCloseable {
    static final String NAME = "team/app";
    static final String TAG = "1.0";
    static final int CHUNK_BYTES = 4096;
    static final int ATTEMPTS = 6;

    private final TestingRegistry source;
    private final List<TestingRegistry> destinations;
    private final List<ImageReference> elsewhere = new ArrayList<>();
    private final SteppedClock clock = new SteppedClock();
    private CredentialProvider credentials = CredentialProvider.ANONYMOUS;
    private Duration responseTimeout = Duration.ofSeconds(30);
    private Duration lagTolerance = Duration.ofSeconds(30);
    private int attempts = ATTEMPTS;
    private String pinned;
    private boolean referrers;

    /** Owns the registries from now on. */
    TestingCopy(TestingRegistry source, TestingRegistry... destinations) {
        this.source = source;
        this.destinations = List.of(destinations);
    }

    /** Between open registries. */
    static TestingCopy toOne() {
        return new TestingCopy(TestingRegistry.start(), TestingRegistry.start());
    }

    /** Between open registries. */
    static TestingCopy toThree() {
        return new TestingCopy(
                TestingRegistry.start(), TestingRegistry.start(), TestingRegistry.start(), TestingRegistry.start());
    }

    TestingCopy credentials(CredentialProvider provider) {
        credentials = provider;
        return this;
    }

    TestingCopy responseTimeout(Duration time) {
        responseTimeout = time;
        return this;
    }

    /** Copies this digest instead of the tag. */
    TestingCopy pin(String digest) {
        pinned = digest;
        return this;
    }

    /** Copies what refers to the image, too. */
    TestingCopy withReferrers() {
        referrers = true;
        return this;
    }

    /** How long a slow destination may hold up the others. */
    TestingCopy lagTolerance(Duration time) {
        lagTolerance = time;
        return this;
    }

    /** How often a request or an upload is tried in all. */
    TestingCopy attempts(int count) {
        attempts = count;
        return this;
    }

    /** One more registry to copy to, which may not exist, after the others. */
    TestingCopy alsoTo(String registry) {
        elsewhere.add(new ImageReference(registry, NAME, TAG, null));
        return this;
    }

    TestingRegistry source() {
        return source;
    }

    /** The only destination, or the first. */
    TestingRegistry destination() {
        return destinations.get(0);
    }

    TestingRegistry destination(int index) {
        return destinations.get(index);
    }

    SteppedClock clock() {
        return clock;
    }

    /** Copies {@code repository:tag} of the source under the same name. */
    CopyReport copy() {
        return copy(CopyListener.NONE);
    }

    CopyReport copy(CopyListener listener) {
        RetryPolicy policy =
                new RetryPolicy(attempts, Duration.ofMillis(500), Duration.ofMinutes(2), clock, clock, new Random(1));
        RegistrySettings settings = TestingSettings.onLoopback().withTimeouts(Duration.ofSeconds(10), responseTimeout);
        CopySettings copySettings = new CopySettings(
                3, CHUNK_BYTES, 64, Duration.ofSeconds(30), Duration.ofSeconds(30), lagTolerance, policy);
        try (RegistryClient client = new RegistryClient(settings, credentials, policy)) {
            return new ImageCopier(client, RegistryMirrors.NONE, copySettings).copy(request(), listener);
        }
    }

    /** Copies, which must succeed everywhere, bit for bit. */
    CopyReport copies(TestingImage image) {
        CopyReport report = copy();
        assertThat(report.destinations())
                .allSatisfy(destination -> assertThat(destination.outcome())
                        .as(destination.error())
                        .isEqualTo(Outcome.COPIED));
        assertThat(destinations).allSatisfy(registry -> assertEqual(image, registry));
        return report;
    }

    /** Copies, which must fail in this way at the only destination, and leave it without manifest and tag. */
    DestinationReport fails(ErrorKind kind) {
        DestinationReport report = copy().destinations().get(0);
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.errorKind()).as(report.error()).isEqualTo(kind);
        assertNoManifest(destination());
        assertThat(destination().content().uploads()).as("open uploads").isEmpty();
        return report;
    }

    static void assertEqual(TestingImage image, TestingRegistry registry) {
        assertThat(image.differences(registry, NAME, TAG)).isEmpty();
        assertThat(registry.content().uploads()).as("open uploads").isEmpty();
    }

    static void assertNoManifest(TestingRegistry registry) {
        assertThat(registry.content().tags(NAME)).isEmpty();
        assertThat(registry.content().manifests(NAME)).isEmpty();
    }

    /** The requests for a blob's bytes that the source got. */
    List<RecordedRequest> reads(String digest) {
        return source.requests("GET", blobPath(digest));
    }

    static String blobPath(String digest) {
        return "/v2/" + NAME + "/blobs/" + digest;
    }

    static String manifestPath(String reference) {
        return "/v2/" + NAME + "/manifests/" + reference;
    }

    @Override
    public void close() {
        source.close();
        destinations.forEach(TestingRegistry::close);
    }

    private CopyRequest request() {
        List<ImageReference> to = new ArrayList<>();
        destinations.forEach(registry -> to.add(ImageReference.parse(registry.reference(NAME, TAG))));
        to.addAll(elsewhere);
        String from = source.reference(NAME, pinned == null ? TAG : pinned);
        return new CopyRequest(ImageReference.parse(from), to, referrers, false);
    }
}
