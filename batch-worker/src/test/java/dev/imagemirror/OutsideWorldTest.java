package dev.imagemirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OutsideWorldTest {
    private static boolean isAskedBy(Class<?> type) {
        JavaClass imported = new ClassFileImporter().importClass(type);
        return imported.getAccessesFromSelf().stream().anyMatch(OutsideWorld.IS_ASKED);
    }

    @Test
    void seesACallOfTheWallClock() {
        assertThat(isAskedBy(AsksForTheTime.class)).isTrue();
    }

    @Test
    void seesAReferenceToTheWallClock() {
        assertThat(isAskedBy(RefersToTheTime.class)).isTrue();
    }

    @Test
    void detectsTheCreationOfARandomGenerator() {
        assertThat(isAskedBy(MakesChance.class)).isTrue();
    }

    @Test
    void seesTheMonotonicClockBeingRead() {
        assertThat(isAskedBy(ReadsNanoTime.class)).isTrue();
    }

    @Test
    void allowsTheMonotonicClockToBeHandedOn() {
        assertThat(isAskedBy(HandsOnNanoTime.class)).isFalse();
    }

    @Test
    void allowsAClockThatWasHandedIn() {
        assertThat(isAskedBy(IsGivenAClock.class)).isFalse();
    }

    private static final class AsksForTheTime {
        @SuppressWarnings("unused")
        private Instant ask() {
            return Instant.now();
        }
    }

    private static final class RefersToTheTime {
        @SuppressWarnings("unused")
        private final Supplier<Instant> now = Instant::now;
    }

    private static final class MakesChance {
        @SuppressWarnings("unused")
        private final Random random = new Random();
    }

    private static final class ReadsNanoTime {
        @SuppressWarnings("unused")
        private long read() {
            return System.nanoTime();
        }
    }

    private static final class HandsOnNanoTime {
        @SuppressWarnings("unused")
        private final LongSupplier nanoTime = System::nanoTime;
    }

    private static final class IsGivenAClock {
        @SuppressWarnings("unused")
        private Instant ask(Clock clock) {
            return Instant.now(clock);
        }
    }
}
