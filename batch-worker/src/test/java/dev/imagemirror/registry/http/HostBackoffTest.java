package dev.imagemirror.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.MutableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostBackoffTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MutableClock clock = MutableClock.atSomeInstant();
    private final HostBackoff hosts = new HostBackoff(clock);

    @Test
    void delaysNothingUnlessAsked() {
        assertThat(hosts.delay("a.io")).isZero();
    }

    @Test
    void holdsAHostBackUntilItsTimeHasCome() {
        hosts.holdBack("a.io", MINUTE);

        assertThat(hosts.delay("a.io")).isEqualTo(MINUTE);
        clock.advance(Duration.ofSeconds(59));
        assertThat(hosts.delay("a.io")).isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(hosts.delay("a.io")).isZero();
        clock.advance(MINUTE);
        assertThat(hosts.delay("a.io")).isZero();
    }

    @Test
    void holdsNoOtherHostBack() {
        hosts.holdBack("a.io", MINUTE);

        assertThat(hosts.delay("b.io")).isZero();
        assertThat(hosts.delay("a.io:5000")).isZero();
    }

    @Test
    void keepsTheLongerOfTwoTimes() {
        hosts.holdBack("a.io", MINUTE);
        hosts.holdBack("a.io", Duration.ofSeconds(1));
        assertThat(hosts.delay("a.io")).isEqualTo(MINUTE);

        hosts.holdBack("a.io", MINUTE.multipliedBy(2));
        assertThat(hosts.delay("a.io")).isEqualTo(MINUTE.multipliedBy(2));
    }
}
