package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.MutableClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class RetriesTest {
    private static final Duration MAX_DELAY = Duration.ofMinutes(2);

    private final MutableClock clock = MutableClock.atSomeInstant();
    private final TestingSleeper sleeper = new TestingSleeper(clock);
    private final Retries retries =
            new Retries(new RetryPolicy(4, Duration.ofSeconds(1), MAX_DELAY, clock, sleeper, new Random(1)));
    private int tries;

    @AfterEach
    void clearTheInterrupt() {
        Thread.interrupted();
    }

    @Test
    void doNotWaitForWhatSucceedsAtOnce() throws Exception {
        assertThat(retries.run("a.io", failing())).isEqualTo("done");
        assertThat(tries).isEqualTo(1);
        assertThat(sleeper.waits()).isEmpty();
    }

    @Test
    void goOnUntilATrySucceeds() throws Exception {
        assertThat(retries.run("a.io", failing(temporary(), new SocketException("reset"), temporary())))
                .isEqualTo("done");
        assertThat(tries).isEqualTo(4);
        assertThat(sleeper.waits()).hasSize(3).isSorted();
        assertThat(sleeper.waits().get(2)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void endWithTheLastErrorOnceTheTriesAreUsedUp() {
        RegistryException last = temporary();

        assertThatThrownBy(() -> retries.run("a.io", failing(temporary(), temporary(), temporary(), last)))
                .isSameAs(last);
        assertThat(tries).isEqualTo(4);
        assertThat(sleeper.waits()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(value = ErrorKind.class, mode = Mode.EXCLUDE, names = "TEMPORARY")
    void areNotSpentOnWhatWillNotChange(ErrorKind kind) {
        RegistryException error = new RegistryException(kind, "no");

        assertThatThrownBy(() -> retries.run("a.io", failing(error))).isSameAs(error);
        assertThat(tries).isEqualTo(1);
        assertThat(sleeper.waits()).isEmpty();
    }

    static List<IOException> handshakeFaults() {
        return List.of(
                new SSLHandshakeException("no trust"),
                new SSLPeerUnverifiedException("other name"),
                new SSLException("Unsupported or unrecognized SSL message"));
    }

    @ParameterizedTest
    @MethodSource("handshakeFaults")
    void areNotSpentOnAHandshakeThatFails(IOException fault) {
        assertThatThrownBy(() -> retries.run("a.io", failing(fault)))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("connection to a.io failed: " + fault.getMessage())
                .hasCause(fault);
        assertThat(tries).isEqualTo(1);
    }

    @Test
    void sayWhatToDoAboutAnUnknownAuthority() {
        assertThatThrownBy(() -> retries.run("a.io", failing(new SSLHandshakeException("no trust"))))
                .hasMessageContaining("--ca-file");
    }

    @Test
    void nameTheHostOfAConnectionThatFails() {
        assertThatThrownBy(() -> retries.run("a.io", 1, failing(new ConnectException())))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TEMPORARY))
                .hasMessage("connection to a.io failed: ConnectException");
        assertThatThrownBy(() -> retries.run("a.io", 1, failing(new UnknownHostException("a.io"))))
                .hasMessage("connection to a.io failed: host name cannot be resolved");
    }

    @Test
    void waitAsLongAsTheRegistryAsks() throws Exception {
        retries.run("a.io", failing(retryAfter(Duration.ofSeconds(100))));

        assertThat(sleeper.waits()).containsExactly(Duration.ofSeconds(100));
    }

    @Test
    void endWhereTheRegistryAsksForLongerThanTheLongestWait() {
        assertThatThrownBy(() -> retries.run("a.io", failing(retryAfter(Duration.ofHours(1)))))
                .isInstanceOf(RegistryException.class);
        assertThat(tries).isEqualTo(1);
        assertThat(sleeper.waits()).isEmpty();
    }

    @Test
    void holdEveryRequestToAHostBackThatAskedForIt() throws Exception {
        assertThatThrownBy(() -> retries.run("a.io", 1, failing(retryAfter(Duration.ofSeconds(100)))))
                .isInstanceOf(RegistryException.class);
        clock.advance(Duration.ofSeconds(40));

        retries.run("b.io", 1, failing());
        assertThat(sleeper.waits()).isEmpty();
        retries.run("a.io", 1, failing());
        assertThat(sleeper.waits()).containsExactly(Duration.ofSeconds(60));
        retries.run("a.io", failing());
        assertThat(sleeper.waits()).hasSize(1);
    }

    @Test
    void holdAHostBackNoLongerThanTheLongestWait() throws Exception {
        assertThatThrownBy(() -> retries.run("a.io", 1, failing(retryAfter(Duration.ofDays(1)))))
                .isInstanceOf(RegistryException.class);

        retries.run("a.io", 1, failing());

        assertThat(sleeper.waits()).containsExactly(MAX_DELAY);
    }

    @Test
    void holdAHostBackForTheirOwnDelayIfItAskedForNoTime() throws Exception {
        assertThatThrownBy(() -> retries.run("a.io", 1, failing(retryAfter(Duration.ZERO))))
                .isInstanceOf(RegistryException.class);

        retries.run("a.io", 1, failing());

        assertThat(sleeper.waits()).hasSize(1);
        assertThat(sleeper.waits().get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void doNotDelayOtherCallsAfterATemporaryError() throws Exception {
        assertThatThrownBy(() -> retries.run("a.io", 1, failing(temporary()))).isInstanceOf(RegistryException.class);

        retries.run("a.io", 1, failing());

        assertThat(sleeper.waits()).isEmpty();
    }

    @Test
    void areLimitedToOneAttemptIfTheBodyCannotBeResent() {
        assertThatThrownBy(() -> retries.runOnce("a.io", failing(temporary()))).isInstanceOf(RegistryException.class);
        assertThat(tries).isEqualTo(1);
        assertThatThrownBy(() -> retries.runOnce("b.io", failing(throttled()))).isInstanceOf(RegistryException.class);
        assertThat(tries).isEqualTo(2);
        assertThat(sleeper.waits()).isEmpty();
    }

    /** A rate limit says nothing of the request, and so is none of its tries. */
    @Test
    void doNotCountARateLimitAsAnAttempt() {
        assertThatThrownBy(() -> retries.run("a.io", 2, failing(throttled(), temporary(), temporary(), temporary())))
                .isInstanceOf(RegistryException.class);

        assertThat(tries).isEqualTo(3);
    }

    @Test
    void endWithTheThreadsInterrupt() {
        Retries.Attempt<String> interrupted = () -> {
            tries++;
            Thread.currentThread().interrupt();
            throw new SocketException("closed");
        };

        assertThatThrownBy(() -> retries.run("a.io", interrupted))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("interrupted");
        assertThat(tries).isEqualTo(1);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    /** Fails with each error in turn, then succeeds. */
    private Retries.Attempt<String> failing(IOException... errors) {
        Deque<IOException> left = new ArrayDeque<>(Arrays.asList(errors));
        return () -> {
            tries++;
            if (!left.isEmpty()) {
                throw left.remove();
            }
            return "done";
        };
    }

    private static RegistryException throttled() {
        return RegistryException.throttled(429, "docker.io", "slow down", Duration.ZERO);
    }

    private static RegistryException temporary() {
        return new RegistryException(ErrorKind.TEMPORARY, "not now");
    }

    private static RegistryException retryAfter(Duration delay) {
        return RegistryException.temporary(429, "slow down", delay);
    }
}
