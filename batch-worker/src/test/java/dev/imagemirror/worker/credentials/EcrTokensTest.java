package dev.imagemirror.worker.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.testing.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EcrTokensTest {
    private static final int THREADS = 8;
    private static final EcrRegistry FRANKFURT = registry("111111111111.dkr.ecr.eu-central-1.amazonaws.com");
    private static final EcrRegistry FRANKFURT_OTHER = registry("222222222222.dkr.ecr.eu-central-1.amazonaws.com");
    private static final EcrRegistry PARIS = registry("111111111111.dkr.ecr.eu-west-3.amazonaws.com");
    private static final EcrRegistry OREGON_FIPS = registry("111111111111.dkr.ecr-fips.us-west-2.amazonaws.com");
    private static final EcrRegistry OREGON = registry("111111111111.dkr.ecr.us-west-2.amazonaws.com");

    private final MutableClock clock = new MutableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final List<Thread> workers = new CopyOnWriteArrayList<>();
    private final CountingSource source = new CountingSource();
    private final EcrTokens tokens = new EcrTokens(() -> source, EcrRoles.NONE, clock);

    @Test
    void asksOnceARegionForAllAccounts() throws Exception {
        Credential first = tokens.token(FRANKFURT);

        assertThat(tokens.token(FRANKFURT)).isEqualTo(first);
        assertThat(tokens.token(FRANKFURT_OTHER)).isEqualTo(first);
        assertThat(tokens.token(PARIS)).isNotEqualTo(first);
        assertThat(source.asked).containsExactly("eu-central-1", "eu-west-3");
    }

    @Test
    void keepsFipsApart() throws Exception {
        assertThat(tokens.token(OREGON)).isNotEqualTo(tokens.token(OREGON_FIPS));
    }

    @Test
    void renewsATokenShortlyBeforeItEnds() throws Exception {
        Credential first = tokens.token(FRANKFURT);

        clock.advance(Duration.ofHours(12).minusMinutes(16));
        assertThat(tokens.token(FRANKFURT)).isEqualTo(first);
        clock.advance(Duration.ofMinutes(1));
        Credential second = tokens.token(FRANKFURT);

        assertThat(second).isNotEqualTo(first);
        assertThat(tokens.token(FRANKFURT)).isEqualTo(second);
        assertThat(source.asked).hasSize(2);
    }

    @Test
    void renewsThePublicTokenShortlyBeforeItEnds() throws Exception {
        Optional<Credential> first = tokens.publicToken();

        assertThat(tokens.publicToken()).isPresent().isEqualTo(first);
        clock.advance(Duration.ofHours(12).minusMinutes(15));
        assertThat(tokens.publicToken()).isPresent().isNotEqualTo(first);
    }

    @Test
    void remembersThatThereIsNoPublicToken() throws Exception {
        source.publicTokens = false;

        assertThat(tokens.publicToken()).isEmpty();
        assertThat(tokens.publicToken()).isEmpty();
        assertThat(source.asked).hasSize(1);
    }

    @Test
    void refreshesOnceForAllThreadsThatNeedAToken() throws Exception {
        source.whileAsked = this::awaitOthers;

        List<Credential> all = inParallel(() -> tokens.token(FRANKFURT));

        assertThat(new HashSet<>(all)).hasSize(1);
        assertThat(source.asked).hasSize(1);
    }

    @Test
    void refreshesOnceForAllThreadsWhoseTokenWasRefused() throws Exception {
        Credential refused = tokens.token(FRANKFURT);
        CyclicBarrier allRefused = new CyclicBarrier(THREADS);
        source.whileAsked = this::awaitOthers;

        List<Credential> all = inParallel(() -> {
            allRefused.await();
            tokens.forget(FRANKFURT, refused);
            return tokens.token(FRANKFURT);
        });

        Set<Credential> distinct = new HashSet<>(all);
        assertThat(distinct).hasSize(1).doesNotContain(refused);
        assertThat(source.asked).hasSize(2);
    }

    @Test
    void refreshesOncePubliclyWhenAnOldTokenIsRefusedTwice() throws Exception {
        Credential refused = tokens.publicToken().orElseThrow();

        tokens.forgetPublic(refused);
        Credential next = tokens.publicToken().orElseThrow();
        tokens.forgetPublic(refused);

        assertThat(next).isNotEqualTo(refused);
        assertThat(tokens.publicToken()).contains(next);
    }

    @Test
    void asksAgainAfterAFailure() throws Exception {
        source.failures.set(1);

        assertThatThrownBy(() -> tokens.token(FRANKFURT)).isInstanceOf(RegistryException.class);

        assertThat(tokens.token(FRANKFURT)).isNotNull();
    }

    @Test
    void closesTheSourceIfItWasNeeded() throws Exception {
        tokens.close();
        assertThat(source.closed).isFalse();

        tokens.token(FRANKFURT);
        tokens.close();
        assertThat(source.closed).isTrue();
    }

    @Test
    void showsNoSecret() throws Exception {
        assertThat(source.privateToken(FRANKFURT).toString())
                .contains("2030-01-01T12:00:00Z")
                .doesNotContain("token-1");
    }

    /** Until a second one asks, too, or all others wait for the one that does. */
    private void awaitOthers() {
        int before = source.asked.size();
        await().until(() -> source.asked.size() > before
                || workers.stream()
                                .filter(thread -> thread.getState() == Thread.State.BLOCKED)
                                .count()
                        == THREADS - 1);
    }

    private <T> List<T> inParallel(Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task);
            workers.add(thread);
            return thread;
        });
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(threads.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(20, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static EcrRegistry registry(String host) {
        return EcrRegistry.of(host).orElseThrow();
    }

    /** Gives tokens of 12 hours, each different. */
    private final class CountingSource implements EcrTokens.Source {
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private volatile boolean publicTokens = true;
        private final AtomicInteger failures = new AtomicInteger();
        private volatile Runnable whileAsked = () -> {};
        private volatile boolean closed;

        @Override
        public EcrTokens.Token privateToken(EcrRegistry registry) throws RegistryException {
            if (failures.getAndDecrement() > 0) {
                throw new RegistryException(ErrorKind.TEMPORARY, "on purpose");
            }
            asked.add(registry.region());
            whileAsked.run();
            return next();
        }

        @Override
        public Optional<EcrTokens.Token> publicToken() {
            asked.add("public");
            return publicTokens ? Optional.of(next()) : Optional.empty();
        }

        private EcrTokens.Token next() {
            return new EcrTokens.Token(
                    new Credential.Basic("AWS", "token-" + asked.size()),
                    clock.instant().plus(Duration.ofHours(12)));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
