package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.Interceptor;
import dev.imagemirror.testing.image.TestingImages;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator does, as it is wired, while one of two registries cannot be seen: it copies nothing. */
@Timeout(120)
class UnseenRegistriesIT extends CommandsWithRegistries {
    private static final String MANIFESTS = "/v2/.+/manifests/.+";

    /** 255 characters; DNS takes 253 (RFC 1035, section 2.3.4), so that no server is asked. */
    private static final String NO_HOST = String.join(".", Collections.nCopies(4, "a".repeat(63)));

    private final String source = from.reference("team/app", "1");
    private final String destination = to.reference("copy/app", "1");

    @BeforeEach
    void putRow() {
        commands.environment.put("MIRROR_OPERATOR_REGISTRIES_RESPONSE_TIMEOUT", "300ms");
        TestingImages.small(1).putInto(from, "team/app", "1");
        TestingImages.small(2).putInto(to, "copy/app", "1");
        commands.putRow(source, destination);
    }

    @AfterEach
    void stop() {
        from.clearFaults();
        to.clearFaults();
    }

    @ParameterizedTest
    @ValueSource(strings = {"401", "403", "429", "500", "502", "503", "504", "stall", "close", "reset"})
    void nothingIsCopiedWhileTheSourceIsNotSeen(String fault) {
        from.fault(Fault.on("*", MANIFESTS).always().then(interceptor(fault)));
        assertThatNothingIsCopied(source, destination);
    }

    @ParameterizedTest
    @ValueSource(strings = {"401", "403", "429", "500", "502", "503", "504", "stall", "close", "reset"})
    void nothingIsCopiedWhileTheDestinationIsNotSeen(String fault) {
        to.fault(Fault.on("*", MANIFESTS).always().then(interceptor(fault)));
        assertThatNothingIsCopied(source, destination);
    }

    @Test
    void nothingIsCopiedWhileAHostNameCannotBeResolved() {
        commands.removeRow(source);
        commands.putRow(NO_HOST + "/team/app:1", destination);
        assertThatNothingIsCopied(NO_HOST + "/team/app:1", destination);
        commands.removeRow(NO_HOST + "/team/app:1");
        commands.putRow(source, NO_HOST + "/copy/app:1");
        assertThatNothingIsCopied(source, NO_HOST + "/copy/app:1");
        assertThat(commands.pair(source).state().message()).contains("cannot be resolved");
    }

    private void assertThatNothingIsCopied(String row, String place) {
        commands.run("once");

        assertThat(commands.pair(row).state().drift()).isEqualTo(Drift.UNKNOWN);
        assertThat(commands.pair(row).pair().destination()).hasToString(place);
        assertThat(commands.pair(row).claim()).isNull();
        assertThat(commands.pair(row).progress().history()).isEmpty();
        assertThat(to.requests("PUT", ".*")).isEmpty();
        assertThat(to.requests("POST", ".*")).isEmpty();
        assertThat(from.requests("GET", "/v2/.+/blobs/.+")).isEmpty();
    }

    private static Interceptor interceptor(String fault) {
        return switch (fault) {
            case "429" -> Faults.tooManyRequests(Duration.ofSeconds(1));
            case "stall" -> Faults.stall();
            case "close" -> Faults.closeBeforeAnswer();
            case "reset" -> Faults.resetBeforeAnswer();
            default -> Faults.status(Integer.parseInt(fault));
        };
    }
}
