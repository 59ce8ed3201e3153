package dev.imagemirror.operator.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.imagemirror.testing.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SingleFlightCacheTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private final MutableClock clock = MutableClock.atSomeInstant();
    private final List<String> asked = new ArrayList<>();
    private final SingleFlightCache<String, String> answers =
            new SingleFlightCache<>(clock, WINDOW, 10, answer -> !answer.startsWith("?"), String::length);

    @Test
    void asksEqualQuestionsOnceWithinTheWindow() {
        ask("a", "1");
        clock.advance(WINDOW.minusMillis(1));
        assertThat(ask("a", "2")).isEqualTo("1");
        clock.advance(Duration.ofMillis(1));
        assertThat(ask("a", "3")).isEqualTo("3");
        assertThat(asked).containsExactly("a", "a");
    }

    @Test
    void theOldestAreForgottenBeyondTheWeight() {
        ask("a", "12345");
        ask("b", "12345");
        ask("c", "1");

        assertThat(answers.remembered("a", any -> true)).isNull();
        assertThat(answers.remembered("b", any -> true)).isEqualTo("12345");
        assertThat(answers.remembered("c", any -> true)).isEqualTo("1");
    }

    @Test
    void weightThatIsForgottenIsFreeAgain() {
        for (int i = 0; i < 5; i++) {
            ask("?", "?123456789");
            ask("a", "1234");
            clock.advance(WINDOW);
        }
        ask("b", "12345");
        ask("c", "12345");

        assertThat(answers.remembered("b", any -> true)).isEqualTo("12345");
    }

    @Test
    void keepsTheLatestAnswerRegardlessOfItsWeight() {
        ask("a", "12345678901234");
        assertThat(answers.remembered("a", any -> true)).isNotNull();
        ask("b", "1");
        assertThat(answers.remembered("a", any -> true)).isNull();
    }

    /**
     * Rows of a sweep come in order, those of one repository close together. A cache that keeps what was asked for often
     * (Caffeine: each list three to four times here) keeps the lists that the sweep has left behind.
     */
    @Test
    void sweepBeyondTheCapacityRequestsEachListOnce() {
        int rows = 5;
        int atOnce = 16;
        List<Integer> sweep = new ArrayList<>(
                IntStream.range(0, 100 * rows).mapToObj(row -> row / rows).toList());
        Random random = new Random(1);
        IntStream.range(0, sweep.size())
                .forEach(i -> Collections.swap(sweep, i, Math.min(sweep.size() - 1, i + random.nextInt(atOnce))));
        SingleFlightCache<Integer, String> lists =
                new SingleFlightCache<>(clock, WINDOW, 50_000, any -> true, list -> 2_000);

        sweep.forEach(repository -> lists.ask(
                repository,
                false,
                any -> true,
                before -> {
                    asked.add("list " + repository);
                    return "tags";
                },
                "?"));

        assertThat(asked).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void aQuestionUnderWayIsSharedHoweverLongItTakes() {
        SingleFlightCache.Share<String> mine = answers.join("a", any -> true);
        clock.advance(WINDOW.multipliedBy(2));
        assertThat(answers.join("a", any -> true).isMine()).isFalse();
        assertThat(mine.isMine()).isTrue();
    }

    @Test
    void lateAnswerDoesNotReplaceAFresherOne() {
        SingleFlightCache.Share<String> late = answers.begin("a");
        answers.answered("a", answers.begin("a").slot(), "new");
        answers.answered("a", late.slot(), "late");
        assertThat(answers.remembered("a", any -> true)).isEqualTo("new");
    }

    @Test
    void reloadsAnswersThatAreNotCacheable() {
        ask("a", "?");
        assertThat(ask("a", "1")).isEqualTo("1");
    }

    @Test
    void partialAnswersAreContinuedAndKeepTheirAge() {
        ask("a", "1");
        clock.advance(WINDOW.minusSeconds(1));
        String more = answers.ask("a", false, answer -> answer.length() > 1, before -> before + "2", "?");
        assertThat(more).isEqualTo("12");
        assertThat(answers.remembered("a", any -> true)).isEqualTo("12");
        clock.advance(Duration.ofSeconds(1));
        assertThat(answers.remembered("a", any -> true)).isNull();
    }

    @Test
    void aFailedLoadLeavesNoCallerWaiting() {
        assertThatIllegalStateException()
                .isThrownBy(() -> answers.ask(
                        "a",
                        false,
                        any -> true,
                        before -> {
                            throw new IllegalStateException("on purpose");
                        },
                        "?"));
        assertThat(ask("a", "1")).isEqualTo("1");
    }

    private String ask(String question, String answer) {
        return answers.ask(
                question,
                false,
                any -> true,
                before -> {
                    asked.add(question);
                    return answer;
                },
                "?");
    }
}
