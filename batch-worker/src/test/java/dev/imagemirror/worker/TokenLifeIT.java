package dev.imagemirror.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.copy.CopyRequest;
import dev.imagemirror.copy.RegistryMirrors;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.testing.MutableClock;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.TokenAuth;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How long tokens are used; time passes only between the manifest and the blobs of the source. */
class TokenLifeIT {
    private final MutableClock clock = new MutableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final TestingImage image = TestingImages.small(1);

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    @AutoClose
    private TestingRegistry source;

    @Test
    void usesATokenForAsLongAsItsAnswerSays() {
        copyWhile(TokenAuth.forService("svc").lifetime(Duration.ofSeconds(300)), Duration.ofSeconds(290));

        assertThat(source.tokenRequests()).hasSize(1);
        assertThat(refusals()).isEqualTo(1);
    }

    @Test
    void renewsATokenBeforeItIsRefused() {
        copyWhile(TokenAuth.forService("svc").lifetime(Duration.ofSeconds(300)), Duration.ofSeconds(296));

        assertThat(source.tokenRequests()).hasSize(2);
        assertThat(refusals()).isEqualTo(1);
    }

    @Test
    void usesATokenOfUnknownLifeForAMinute() {
        TokenAuth silent = TokenAuth.forService("svc").with(TokenAuth.Option.NO_EXPIRES_IN);

        copyWhile(silent, Duration.ofSeconds(50));
        assertThat(source.tokenRequests()).hasSize(1);
        source.close();

        copyWhile(silent, Duration.ofSeconds(56));
        assertThat(source.tokenRequests()).hasSize(2);
    }

    /** Requests that the registry refused; the first one, without a token, always is. */
    private long refusals() {
        return source.requests().stream()
                .filter(request -> request.status() == 401)
                .count();
    }

    private void copyWhile(TokenAuth auth, Duration passing) {
        source = TestingRegistry.builder().tokenAuth(auth).clock(clock).start();
        image.putInto(source, "app", "1");
        // when the manifest is asked for, its token is chosen already
        source.fault(Fault.on("GET", "/v2/app/manifests/.+").then(Faults.run(() -> clock.advance(passing))));
        destination.content().delete("copy", "1");
        destination.content().delete("copy", image.digest());
        image.blobs().forEach(blob -> destination.content().delete("copy", blob.digest()));
        Environment environment = new Environment(Map.of());
        CopyRequest request = Arguments.request(
                source.reference("app", "1"), List.of(destination.authority() + "/copy"), false, false);
        WorkerSettings settings = WorkerSettings.of(new MirrorOptions(), environment)
                .under(ReachableAddresses.rule(request, RegistryMirrors.NONE, environment));
        RetryPolicy policy = RetryPolicy.standard(clock, new Random(1));
        PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        try (CopyRun run = new CopyRun(settings, environment, policy, err)) {
            run.copy(request);
        }
        assertThat(image.differences(destination, "copy", "1")).isEmpty();
    }
}
