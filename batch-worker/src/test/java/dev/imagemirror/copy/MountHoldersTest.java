package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import dev.imagemirror.registry.model.Repository;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which of a registry's repositories gets a blob itself, and which wait to mount it from there. */
@Timeout(60)
class MountHoldersTest {
    private static final String REGISTRY = "registry.example.com";
    private static final Digest BLOB = Digest.sha256(new byte[] {1});
    private static final Digest OTHER = Digest.sha256(new byte[] {2});

    private final MountHolders holders = new MountHolders();
    private final Repository a = new Repository(REGISTRY, "a");
    private final Repository b = new Repository(REGISTRY, "b");
    private final Repository c = new Repository(REGISTRY, "c");

    /** A repository that asks, on a thread of its own. */
    private final class Asker {
        private final FutureTask<String> task;
        private final Thread thread;

        Asker(Repository repository) {
            task = new FutureTask<>(() -> holders.holderOrClaim(repository, BLOB));
            thread = new Thread(task, "asker");
            thread.setDaemon(true);
            thread.start();
        }

        Asker assertWaits() {
            Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
            return this;
        }

        String answer() throws Exception {
            return task.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void letsTheFirstGetItAndTheOthersWait() throws Exception {
        assertThat(holders.holderOrClaim(a, BLOB)).isNull();

        Asker second = new Asker(b).assertWaits();
        Asker third = new Asker(c).assertWaits();
        holders.has(a, BLOB);

        assertThat(second.answer()).isEqualTo("a");
        assertThat(third.answer()).isEqualTo("a");
    }

    @Test
    void doesNotLetARepositoryWaitForItself() throws Exception {
        holders.holderOrClaim(a, BLOB);

        assertThat(holders.mustWait(a, BLOB)).isFalse();
        assertThat(holders.holderOrClaim(a, BLOB)).isNull();
    }

    @Test
    void handsTheTaskOnWhenTheFirstFails() throws Exception {
        holders.holderOrClaim(a, BLOB);
        Asker second = new Asker(b).assertWaits();

        holders.failed(a, BLOB);

        assertThat(second.answer()).isNull();
        assertThat(holders.mustWait(a, BLOB)).isTrue();
        Asker again = new Asker(a).assertWaits();
        holders.has(b, BLOB);
        assertThat(again.answer()).isEqualTo("b");
    }

    @Test
    void handsTheTaskOnToOneAlone() throws Exception {
        holders.holderOrClaim(a, BLOB);
        Asker second = new Asker(b).assertWaits();
        Asker third = new Asker(c).assertWaits();

        holders.failed(a, BLOB);

        Awaitility.await().until(() -> second.task.isDone() || third.task.isDone());
        Repository claimant = second.task.isDone() ? b : c;
        (claimant == b ? third : second).assertWaits();
        holders.has(claimant, BLOB);
        assertThat((claimant == b ? third : second).answer()).isEqualTo(claimant.path());
    }

    @Test
    void keepsAHolderWhateverFailsAfterwards() throws Exception {
        holders.holderOrClaim(a, BLOB);
        holders.has(a, BLOB);

        holders.failed(a, BLOB);
        holders.failed(b, BLOB);

        assertThat(holders.holderOrClaim(b, BLOB)).isEqualTo("a");
    }

    @Test
    void doesNotTakeOneRepositorysFailureForAnothers() throws Exception {
        holders.holderOrClaim(a, BLOB);

        holders.failed(b, BLOB);

        assertThat(holders.mustWait(b, BLOB)).isTrue();
    }

    @Test
    void learnsOfARepositoryThatHadItAllAlong() throws Exception {
        holders.has(a, BLOB);

        assertThat(holders.mustWait(b, BLOB)).isFalse();
        assertThat(holders.holderOrClaim(b, BLOB)).isEqualTo("a");
    }

    @Test
    void keepsWaitingForTheClaimantWhenAnotherHasItAllAlong() throws Exception {
        holders.holderOrClaim(a, BLOB);

        holders.has(b, BLOB);

        assertThat(holders.mustWait(c, BLOB)).isTrue();
    }

    @Test
    void letsEverybodyGetItThemselvesWhereTheRegistryDoesNotMount() throws Exception {
        holders.holderOrClaim(a, BLOB);
        Asker second = new Asker(b).assertWaits();

        holders.refuses(REGISTRY);

        assertThat(second.answer()).isNull();
        assertThat(holders.isRefusing(REGISTRY)).isTrue();
        assertThat(holders.mustWait(c, BLOB)).isFalse();
        holders.has(a, BLOB);
        assertThat(holders.holderOrClaim(c, BLOB)).isNull();
    }

    @Test
    void keepsRegistriesAndBlobsApart() throws Exception {
        holders.holderOrClaim(a, BLOB);
        holders.refuses("elsewhere.example.com");
        Repository elsewhere = new Repository("other.example.com", "b");

        assertThat(holders.isRefusing(REGISTRY)).isFalse();
        assertThat(holders.mustWait(b, BLOB)).isTrue();
        assertThat(holders.mustWait(b, OTHER)).isFalse();
        assertThat(holders.holderOrClaim(b, OTHER)).isNull();
        assertThat(holders.holderOrClaim(elsewhere, BLOB)).isNull();
    }
}
