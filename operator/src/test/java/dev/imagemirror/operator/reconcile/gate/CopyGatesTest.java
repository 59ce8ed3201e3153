package dev.imagemirror.operator.reconcile.gate;

import static dev.imagemirror.operator.testing.TestingValues.digest;
import static dev.imagemirror.operator.testing.TestingValues.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.imagemirror.operator.catalog.EntryIndex;
import dev.imagemirror.operator.claim.DestinationOwners;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.PairStatus.Progress;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.Retry;
import dev.imagemirror.operator.domain.SourceTag;
import dev.imagemirror.operator.domain.decision.Observation;
import dev.imagemirror.operator.domain.decision.Observation.Referrers;
import dev.imagemirror.operator.domain.entry.EntryOptions;
import dev.imagemirror.operator.domain.entry.RowAttributes;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.testing.TestingMirrorTable;
import dev.imagemirror.operator.testing.TestingStatusTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which gate answers where several are closed, and when the pass wakes for it. */
class CopyGatesTest {
    private static final String SOURCE = "a.example.com/app:1";
    private static final String DESTINATION = "b.example.com/app:1";

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    /** At the entry's turn. */
    private static final Duration TURN = null;

    private static final Resolution OLD = new Resolution.Found(digest("old"));
    private static final Resolution NEW = new Resolution.Found(digest("new"));
    private static final Resolution MISSING = new Resolution.Missing(null);
    private static final Resolution NO_REPOSITORY = new Resolution.RepositoryMissing();
    private static final Resolution FORBIDDEN = new Resolution.NotAllowed("not allowed");
    private static final Resolution DENIED = new Resolution.Denied("denied");
    private static final Resolution BUSY = new Resolution.Unavailable("busy", true, Duration.ofMinutes(5));

    private static final EntryOptions SUSPENDED = EntryOptions.DEFAULT.with(RowAttributes.SUSPEND, true);
    private static final EntryOptions AGED = EntryOptions.DEFAULT.with(RowAttributes.MIN_AGE, Duration.ofHours(1));
    private static final EntryOptions SUSPENDED_AND_AGED = AGED.with(RowAttributes.SUSPEND, true);

    private final TestingMirrorTable mirrors = new TestingMirrorTable();
    private final TestingStatusTable statuses = new TestingStatusTable(mirrors);
    private final List<String> created = new ArrayList<>();
    private final DestinationOwners owners = new DestinationOwners(mirrors, statuses, Clock.fixed(NOW, ZoneOffset.UTC));
    private final CopyGates gates = new CopyGates(new EntryIndex(), owners, destination -> {
        created.add(destination.toString());
        return new RepositoryCreator.Refused("no such repository");
    });

    static Stream<Arguments> firstClosed() {
        return Stream.of(
                arguments(asked(MISSING, FORBIDDEN), Reason.SOURCE_NOT_FOUND, TURN),
                arguments(asked(MISSING, BUSY), Reason.SOURCE_NOT_FOUND, TURN),
                arguments(asked(FORBIDDEN, FORBIDDEN), Reason.SOURCE_NOT_ALLOWED, TURN),
                arguments(asked(FORBIDDEN, BUSY), Reason.SOURCE_NOT_ALLOWED, TURN),
                arguments(asked(DENIED, FORBIDDEN), Reason.DESTINATION_NOT_ALLOWED, TURN),
                arguments(asked(BUSY, FORBIDDEN), Reason.DESTINATION_NOT_ALLOWED, TURN),
                arguments(asked(DENIED, BUSY), Reason.ACCESS_DENIED, TURN),
                arguments(asked(BUSY, DENIED), Reason.BACKOFF, MINUTE.multipliedBy(5)),
                arguments(asked(NEW, DENIED).with(SUSPENDED_AND_AGED), Reason.ACCESS_DENIED, TURN),
                arguments(asked(NEW, BUSY).with(AGED), Reason.BACKOFF, MINUTE.multipliedBy(5)),
                arguments(asked(NEW, BUSY).with(SUSPENDED_AND_AGED), Reason.SUSPENDED, MINUTE.multipliedBy(5)),
                arguments(asked(NEW, NEW).with(SUSPENDED_AND_AGED).failed(), null, TURN),
                arguments(unread().with(SUSPENDED_AND_AGED), Reason.BACKOFF, MINUTE),
                arguments(unread().with(AGED).failed(), Reason.BACKOFF, MINUTE),
                arguments(asked(NEW, OLD).with(SUSPENDED_AND_AGED), Reason.SUSPENDED, TURN),
                arguments(asked(NEW, OLD).with(SUSPENDED).failed(), Reason.SUSPENDED, TURN),
                arguments(asked(NEW, OLD).with(AGED).failed(), Reason.QUARANTINED, Duration.ofHours(1)),
                arguments(asked(NEW, NO_REPOSITORY).with(SUSPENDED), Reason.SUSPENDED, TURN),
                arguments(asked(NEW, NO_REPOSITORY).with(AGED), Reason.QUARANTINED, Duration.ofHours(1)),
                arguments(asked(NEW, NO_REPOSITORY).failed(), Reason.IMMUTABLE_TAG, TEN_SECONDS));
    }

    @ParameterizedTest
    @MethodSource
    void firstClosed(Asked asked, Reason reason, Duration wake) {
        ClosedGate closed = ask(asked);

        assertThat(closed.state().reason()).isEqualTo(reason);
        assertThat(closed.lookAgainAt()).isEqualTo(Optional.ofNullable(wake).map(NOW::plus));
        assertThat(created).isEmpty();
    }

    @Test
    void aCycleHidesItsOwnerAndWakesWithinAMinute() {
        statuses.own(fresh(SOURCE, SOURCE).destination(), new EntryKey("another"));

        assertThat(ask(asked(SOURCE, NEW, BUSY))).satisfies(closed -> {
            assertThat(closed.state().reason()).isEqualTo(Reason.CYCLE);
            assertThat(closed.lookAgainAt()).contains(NOW.plus(MINUTE));
        });
    }

    @Test
    void aCycleOwnsNothing() {
        ask(asked(SOURCE, NEW, OLD));

        assertThat(statuses.ownerOf(fresh(SOURCE, SOURCE).destination())).isEmpty();
    }

    @Test
    void aCycleWakesEarlierForWhatIsBehindIt() {
        ClosedGate closed = ask(asked(SOURCE, NEW, OLD).failed());

        assertThat(closed.state().reason()).isEqualTo(Reason.CYCLE);
        assertThat(closed.lookAgainAt()).contains(NOW.plus(TEN_SECONDS));
    }

    @Test
    void aForeignDestinationIsNamedBeforeAMissingSource() {
        ownByAnother();

        assertThat(ask(asked(MISSING, OLD)).state().reason()).isEqualTo(Reason.DESTINATION_CONFLICT);
    }

    @Test
    void aForeignDestinationWakesForWhatIsBehindItAndCreatesNothing() {
        ownByAnother();

        assertThat(ask(asked(NEW, NO_REPOSITORY).with(AGED)).lookAgainAt()).contains(NOW.plus(Duration.ofHours(1)));
        assertThat(ask(asked(NEW, NO_REPOSITORY)).lookAgainAt()).isEmpty();
        assertThat(created).isEmpty();
    }

    @Test
    void aPairThatIsHeldOwnsItsDestination() {
        ask(asked(MISSING, OLD));

        assertThat(statuses.owner(DESTINATION)).isEqualTo(new EntryKey(SOURCE));
    }

    @Test
    void aMissingRepositoryHoldsOnlyWhatNothingElseDoes() {
        assertThat(ask(asked(NEW, NO_REPOSITORY)).state().reason()).isEqualTo(Reason.REPOSITORY_NOT_FOUND);
        assertThat(created).containsExactly(DESTINATION);
    }

    @Test
    void allOpenMeansThatItMayBeCopied() {
        assertThat(gates.ask(asked(NEW, OLD).question())).isEmpty();
    }

    private void ownByAnother() {
        mirrors.row("another", DESTINATION);
        statuses.own(fresh(SOURCE, DESTINATION).destination(), new EntryKey("another"));
    }

    private ClosedGate ask(Asked asked) {
        return gates.ask(asked.question()).orElseThrow();
    }

    private static Asked asked(Resolution source, Resolution destination) {
        return asked(DESTINATION, source, destination);
    }

    private static Asked asked(String destination, Resolution source, Resolution answer) {
        return new Asked(
                fresh(SOURCE, destination), new Observation(source, answer, Referrers.NOT_ASKED), EntryOptions.DEFAULT);
    }

    private static Asked unread() {
        Observation seen = new Observation(
                NEW, NEW, Referrers.UNKNOWN, new Resolution.Unavailable("b.example.com: busy", false, null));
        return new Asked(fresh(SOURCE, DESTINATION), seen, EntryOptions.DEFAULT);
    }

    /** A question in the making; the source tag has had its digest since now. */
    record Asked(PairStatus pair, Observation seen, EntryOptions options) {
        Asked with(EntryOptions others) {
            return new Asked(pair, seen, others);
        }

        /** The last copy of the digest failed, and is tried again in ten seconds. */
        Asked failed() {
            Retry.Cause cause = new Retry.Cause(Reason.IMMUTABLE_TAG, "refused", seen.destinationDigest());
            Retry retry = new Retry(seen.sourceDigest(), 1, 0, NOW.plus(TEN_SECONDS), cause);
            return new Asked(pair.with(new Progress(null, retry, List.of())), seen, options);
        }

        CopyQuestion question() {
            SourceTag tag = options.minAge().isZero() ? null : SourceTag.first(digest("new"), NOW);
            return new CopyQuestion(pair, seen, options, tag, false, NOW);
        }

        @Override
        public String toString() {
            return seen.source() + " to " + seen.destination();
        }
    }
}
