package dev.imagemirror.operator.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.imagemirror.operator.domain.EntryKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StallTimeoutTest {
    private final AtomicLong now = new AtomicLong(-7);
    private final StallTimeout patience = new StallTimeout(Duration.ofMinutes(5), now::get);

    @Test
    void expiresWhenNothingCompletesWithinTheLimit() {
        pass(Duration.ofMinutes(5));
        assertThatCode(() -> patience.require("busy")).doesNotThrowAnyException();
        pass(Duration.ofSeconds(1));
        assertThatIllegalStateException()
                .isThrownBy(() -> patience.require("busy"))
                .withMessageContaining("busy")
                .withMessageContaining("5m");
    }

    @Test
    void isProlongedWhileOtherEntriesComplete() {
        pass(Duration.ofSeconds(200));
        patience.completed(new EntryKey("a"));
        pass(Duration.ofSeconds(200));
        assertThatCode(() -> patience.require("busy")).doesNotThrowAnyException();
    }

    @Test
    void isNotProlongedByRepeatedPassesOverOneEntry() {
        for (int i = 0; i < 4; i++) {
            patience.completed(new EntryKey("a"));
            pass(Duration.ofSeconds(100));
        }
        assertThatIllegalStateException().isThrownBy(() -> patience.require("busy"));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
