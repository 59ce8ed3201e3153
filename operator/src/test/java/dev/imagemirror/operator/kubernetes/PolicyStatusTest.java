package dev.imagemirror.operator.kubernetes;

import static dev.imagemirror.operator.kubernetes.PolicyScene.mirror;
import static dev.imagemirror.operator.kubernetes.PolicyScene.policy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.imagemirror.crds.Condition;
import dev.imagemirror.crds.Condition.Status;
import dev.imagemirror.crds.Mirror;
import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.crds.MirrorPolicyStatus;
import dev.imagemirror.image.Visible;
import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.testing.TestingRefusal;
import dev.imagemirror.testing.HostileTexts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The status that a policy gets, from what the loop has left in the tables. */
class PolicyStatusTest {
    private static final PairState IN_SYNC = PairState.idle(Drift.IN_SYNC);

    private final PolicyScene scene = new PolicyScene();
    private final PolicyStatusFactory factory = new PolicyStatusFactory(scene.clock);
    private final MirrorPolicy policy =
            policy("images", mirror("golang:1.17", "x.example/go", "y.example/go"), mirror("alpine:3", "x.example/a"));

    @Test
    void isReadyOnlyOnceEveryCurrentRowWasReconciledAndAllPairsAreInSync() {
        assertThat(pass()).satisfies(is("Ready", Status.FALSE, "Pending"));
        assertThat(policy.getStatus()).satisfies(is("Progressing", Status.TRUE, "Pending"));

        scene.loopLeaves(IN_SYNC);
        assertThat(pass()).satisfies(is("Ready", Status.TRUE, "InSync"));
        assertThat(policy.getStatus())
                .satisfies(is("Progressing", Status.FALSE, "Idle"))
                .satisfies(is("Degraded", Status.FALSE, "AsExpected"));
        assertThat(policy.getStatus().inSync()).isEqualTo("3/3");
        assertThat(policy.getStatus().entries()).isEqualTo(2);

        policy.setSpec(policy("images", mirror("golang:1.17", "z.example/go")).getSpec());
        policy.getMetadata().setGeneration(2L);
        assertThat(pass()).as("what is in sync is the spec of before").satisfies(is("Ready", Status.FALSE, "Pending"));
        assertThat(policy.getStatus().observedGeneration()).isEqualTo(2);
    }

    @Test
    void copyingAndDriftedPairsAreProgress() {
        pass();
        scene.loopLeaves(PairState.copying(Drift.MISSING, "job-1 runs"));

        assertThat(pass())
                .satisfies(is("Ready", Status.FALSE, "Copying"))
                .satisfies(is("Progressing", Status.TRUE, "Copying"))
                .satisfies(is("Degraded", Status.FALSE, "AsExpected"));
        assertThat(policy.getStatus().pairs().drifted()).isEqualTo(3);

        scene.loopLeaves(PairState.held(Drift.MISSING, Reason.BACKOFF, "next attempt at 12:30"));
        assertThat(pass())
                .satisfies(is("Ready", Status.FALSE, "Backoff"))
                .satisfies(is("Progressing", Status.TRUE, "Waiting"));
    }

    @Test
    void whatRegistriesAndRowsSayIsVisible() {
        for (String text : HostileTexts.stored().toList()) {
            pass();
            scene.loopLeaves(PairState.held(Drift.UNKNOWN, Reason.ACCESS_DENIED, text));

            MirrorPolicyStatus status = pass();

            assertThat(status.conditions())
                    .extracting(Condition::message)
                    .allMatch(words -> words.equals(Visible.of(words)));
            assertThat(status.conditions())
                    .extracting(Condition::message)
                    .anyMatch(words -> words.contains(Visible.of(text)));
            assertThat(status.worst())
                    .isNotEmpty()
                    .allSatisfy(pair -> assertThat(pair.message()).isEqualTo(Visible.of(text)));
        }
    }

    @Test
    void suspendedPairsAreNeitherProgressNorAFault() {
        pass();
        scene.loopLeaves(PairState.held(Drift.STALE, Reason.SUSPENDED, "suspended"));

        assertThat(pass())
                .satisfies(is("Ready", Status.FALSE, "Suspended"))
                .satisfies(is("Progressing", Status.FALSE, "Idle"))
                .satisfies(is("Degraded", Status.FALSE, "AsExpected"));
    }

    @Test
    void aPairWhoseDestinationAnotherEntryHasShowsAsConflict() {
        pass();
        scene.loopLeaves(IN_SYNC);
        MirrorRow alpine = scene.table().get(PolicyScene.key("docker.io/library/alpine:3", "images"));
        scene.loopLeaves(
                alpine, PairState.held(Drift.STALE, Reason.DESTINATION_CONFLICT, "golang:1.17 has this destination"));
        scene.follow();

        assertThat(pass())
                .satisfies(is("Ready", Status.FALSE, "DestinationConflict"))
                .satisfies(is("Degraded", Status.TRUE, "DestinationConflict"));
        assertThat(policy.getStatus().worst()).singleElement().satisfies(worst -> {
            assertThat(worst.destination()).isEqualTo("x.example/a:3");
            assertThat(worst.state()).isEqualTo("Blocked");
            assertThat(worst.reason()).isEqualTo("DestinationConflict");
            assertThat(worst.message()).contains("golang:1.17");
        });
        assertThat(condition("Degraded").message()).contains("x.example/a:3", "golang:1.17 has this destination");
    }

    @Test
    void pairsThatCannotBeSeenAreAFault() {
        pass();
        scene.loopLeaves(PairState.idle(Drift.UNKNOWN));

        assertThat(pass())
                .satisfies(is("Ready", Status.FALSE, "Unknown"))
                .satisfies(is("Degraded", Status.TRUE, "Unknown"));
    }

    @ParameterizedTest
    @EnumSource(TestingRefusal.class)
    void refusedItemsAreUnknownAndAFaultWithItsReason(TestingRefusal refusal) {
        pass();
        scene.loopLeaves(IN_SYNC);
        refusal.in(scene.statuses, scene.statuses.pairs().get(0));
        scene.follow();

        assertThat(pass())
                .satisfies(is("Ready", Status.FALSE, "Unknown"))
                .satisfies(is("Degraded", Status.TRUE, "Unknown"));
        assertThat(condition("Ready").message()).contains(TestingRefusal.FAULT);
        assertThat(condition("Degraded").message()).contains(TestingRefusal.FAULT);
        assertThat(policy.getStatus().worst()).singleElement().satisfies(worst -> {
            assertThat(worst.state()).isEqualTo("Unknown");
            assertThat(worst.message()).endsWith(TestingRefusal.FAULT);
        });
        int unknown = refusal == TestingRefusal.PAIR ? 1 : 0;
        assertThat(policy.getStatus().pairs().unknown()).isEqualTo(unknown);
        assertThat(policy.getStatus().inSync()).isEqualTo(3 - unknown + "/3");
    }

    @Test
    void unobservableBlockedPairIsReportedOnce() {
        pass();
        scene.loopLeaves(PairState.held(Drift.UNKNOWN, Reason.SOURCE_NOT_FOUND, "there is none"));

        assertThat(PolicyStatusFactory.condition(pass(), "Degraded").message())
                .isEqualTo("3 pairs are blocked; x.example/a:3: SourceNotFound: there is none");
    }

    @Test
    void faultsOfTheSpecAreListedAsFarAsThereIsRoom() {
        Mirror[] bad = IntStream.range(0, 250)
                .mapToObj(i -> mirror("golang:" + i, "UPPER/" + "x".repeat(100)))
                .toArray(Mirror[]::new);
        policy.setSpec(policy("images", bad).getSpec());

        assertThat(pass()).satisfies(is("Degraded", Status.TRUE, "InvalidSpec"));
        assertThat(condition("Degraded").message())
                .hasSizeLessThanOrEqualTo(512)
                .contains("spec.mirrors[0]", "more");
    }

    @Test
    void theStatusOfTheLargestPolicyIsBounded() throws JsonProcessingException {
        Mirror[] many = IntStream.range(0, 250)
                .mapToObj(i -> mirror(
                        "registry.example.com/team/" + "long-".repeat(20) + i + ":1",
                        IntStream.range(0, 20)
                                .mapToObj(to -> "registry-" + to + ".example.com/" + "deep/".repeat(20) + "image-" + i)
                                .toArray(String[]::new)))
                .toArray(Mirror[]::new);
        policy.setSpec(policy("images", many).getSpec());
        pass();
        scene.loopLeaves(PairState.held(Drift.MISSING, Reason.ACCESS_DENIED, "no ".repeat(2_000)));

        assertThat(pass().worst()).hasSize(20).allMatch(pair -> pair.message().length() <= 512);
        assertThat(policy.getStatus().pairs().blocked()).isEqualTo(5_000);
        assertThat(policy.getStatus().conditions())
                .allMatch(condition -> condition.message().length() <= 512);
        assertThat(new ObjectMapper()
                        .registerModule(new JavaTimeModule())
                        .writeValueAsString(policy.getStatus())
                        .getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(32_768);
    }

    @Test
    void aTransitionHasANewTimeAndAnotherReasonHasNot() {
        pass();
        Instant pending = condition("Ready").lastTransitionTime();
        scene.clock.advance(Duration.ofMinutes(1));
        scene.loopLeaves(PairState.copying(Drift.MISSING, "job-1 runs"));
        pass();
        assertThat(condition("Ready").reason()).isEqualTo("Copying");
        assertThat(condition("Ready").lastTransitionTime()).isEqualTo(pending);

        scene.clock.advance(Duration.ofMinutes(1));
        scene.loopLeaves(IN_SYNC);
        pass();

        assertThat(condition("Ready").lastTransitionTime()).isEqualTo(pending.plusSeconds(120));
    }

    @Test
    void statusStaysTheSameOverTimeWhenNothingHasChanged() {
        pass();
        scene.loopLeaves(PairState.held(Drift.MISSING, Reason.ACCESS_DENIED, "denied"));
        MirrorPolicyStatus before = pass();
        scene.clock.advance(Duration.ofHours(1));
        scene.loopLeaves(PairState.held(Drift.MISSING, Reason.ACCESS_DENIED, "denied"));

        assertThat(pass()).isEqualTo(before);
    }

    @Test
    void whileTheTablesAreOutOfReachTheNumbersOfBeforeAreKept() {
        pass();
        scene.loopLeaves(IN_SYNC);
        MirrorPolicyStatus before = pass();

        MirrorPolicyStatus after = factory.unreachable(
                before, 2L, new PolicyFault(PolicyFault.Kind.TABLE_UNREACHABLE, "table X does not answer"));

        assertThat(after.pairs()).isEqualTo(before.pairs());
        assertThat(after.observedGeneration()).isEqualTo(1);
        assertThat(after)
                .satisfies(is("Ready", Status.UNKNOWN, "TableUnreachable"))
                .satisfies(is("Degraded", Status.TRUE, "TableUnreachable"));
        assertThat(factory.unreachable(null, 1L, new PolicyFault(PolicyFault.Kind.TABLE_UNREACHABLE, "away"))
                        .pairs())
                .isNull();
    }

    @Test
    void eventsReportActionableTransitionsOnly() {
        assertThat(news(null, pass())).isEmpty();
        MirrorPolicyStatus pending = policy.getStatus();
        scene.loopLeaves(IN_SYNC);
        MirrorPolicyStatus ready = pass();
        assertThat(news(pending, ready)).containsExactly("Ready");
        assertThat(news(ready, ready)).isEmpty();
        scene.loopLeaves(PairState.copying(Drift.STALE, "job"));
        MirrorPolicyStatus copying = pass();
        assertThat(news(ready, copying)).isEmpty();

        MirrorRow alpine = scene.table().get(PolicyScene.key("docker.io/library/alpine:3", "images"));
        scene.loopLeaves(alpine, PairState.held(Drift.STALE, Reason.ACCESS_DENIED, "denied"));
        scene.follow();
        MirrorPolicyStatus blocked = pass();
        assertThat(news(copying, blocked)).containsExactly("AccessDenied");
        scene.loopLeaves(PairState.held(Drift.STALE, Reason.ACCESS_DENIED, "denied"));
        MirrorPolicyStatus more = pass();
        assertThat(news(blocked, more)).as("more of them").containsExactly("AccessDenied");
        assertThat(news(more, blocked)).as("fewer of them").isEmpty();
        scene.loopLeaves(IN_SYNC);
        assertThat(news(more, pass())).containsExactly("Recovered", "Ready");
    }

    private static List<String> news(MirrorPolicyStatus before, MirrorPolicyStatus after) {
        return PolicyEvents.between(before, after).stream()
                .map(PolicyEvents.News::reason)
                .toList();
    }

    /** One pass over the policy, which has the new status then. */
    private MirrorPolicyStatus pass() {
        PolicyRows.Found found = scene.reconcile(policy);
        scene.follow();
        policy.setStatus(factory.status(
                policy.getStatus(),
                policy.getMetadata().getGeneration(),
                policy.getSpec().mirrors().size(),
                found.overview(),
                found.faults()));
        return policy.getStatus();
    }

    private Condition condition(String type) {
        return PolicyStatusFactory.condition(policy.getStatus(), type);
    }

    private static java.util.function.Consumer<MirrorPolicyStatus> is(String type, Status status, String reason) {
        return actual -> {
            Condition condition = PolicyStatusFactory.condition(actual, type);
            assertThat(Map.of("status", condition.status(), "reason", condition.reason()))
                    .as("%s: %s", type, condition.message())
                    .isEqualTo(Map.of("status", status, "reason", reason));
        };
    }
}
