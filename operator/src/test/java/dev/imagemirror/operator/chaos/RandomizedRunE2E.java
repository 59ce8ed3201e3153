package dev.imagemirror.operator.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The randomized run, bounded; {@code make chaos} runs it for longer, and with the seed of a failure. */
class RandomizedRunE2E {
    private static final int SEEDS = 50;
    private static final int KILLS_A_SEED = 40;

    @Test
    void randomFaultsNeverDuplicateClaimsAndAllDestinationsConverge() {
        List<ChaosRun.Result> results = new ArrayList<>();

        LongStream.range(0, SEEDS).forEach(seed -> results.add(ChaosRun.run(seed, KILLS_A_SEED)));

        assertThat(results).allSatisfy(result -> assertThat(result.jobs()).isPositive());
        assertThat(results.stream().mapToInt(ChaosRun.Result::orphans).sum())
                .as("submissions that landed after their claims had ended")
                .isPositive();
    }

    @Test
    void equalSeedsGiveEqualRuns() {
        assertThat(ChaosRun.run(7, 20)).isEqualTo(ChaosRun.run(7, 20));
    }
}
