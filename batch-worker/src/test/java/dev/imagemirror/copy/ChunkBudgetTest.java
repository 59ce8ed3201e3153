package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ChunkBudgetTest {
    @Test
    void givesWhatIsWantedWhileThereIsPlenty() throws Exception {
        assertThat(new ChunkBudget(192).take(16)).isEqualTo(16);
        assertThat(new ChunkBudget(192).take(0)).isZero();
    }

    @Test
    void givesFewerTheLessThereIsButNeverLessThanAFew() throws Exception {
        ChunkBudget budget = new ChunkBudget(40);

        assertThat(budget.take(16)).isEqualTo(10);
        assertThat(budget.take(16)).isEqualTo(7);
        assertThat(budget.take(16)).isEqualTo(5);
        assertThat(budget.take(16)).isEqualTo(ChunkBudget.LEAST);
        assertThat(budget.take(1)).isEqualTo(1);
    }

    @Test
    void letsTheNextWaitUntilChunksComeBack() throws Exception {
        ChunkBudget budget = new ChunkBudget(ChunkBudget.LEAST + 1);
        assertThat(budget.take(16)).isEqualTo(ChunkBudget.LEAST);
        assertThat(budget.tryTake(2)).isFalse();

        CompletableFuture<Integer> next = CompletableFuture.supplyAsync(() -> take(budget, 16));
        Awaitility.await()
                .during(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(10))
                .until(() -> !next.isDone());
        budget.give(ChunkBudget.LEAST);

        assertThat(next.join()).isEqualTo(ChunkBudget.LEAST);
        assertThat(budget.tryTake(1)).isTrue();
    }

    @Test
    void refusesToBeTooSmallForOneRead() {
        assertThatThrownBy(() -> new ChunkBudget(ChunkBudget.LEAST - 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static int take(ChunkBudget budget, int wanted) {
        try {
            return budget.take(wanted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
