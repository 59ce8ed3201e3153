package dev.imagemirror.operator.cli;

import static dev.imagemirror.operator.testing.TestingValues.NOON;
import static dev.imagemirror.operator.testing.TestingValues.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.Drift;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.EntryStatus;
import dev.imagemirror.operator.domain.PairState;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.domain.SourceTag;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.reconcile.Schedule;
import dev.imagemirror.operator.testing.TestingValues;
import dev.imagemirror.operator.text.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(120)
class ExplainCommandIT {
    private static final String SOURCE = "a.example/team/app:1.2";
    private static final String DESTINATION = "b.example/app:1.2";

    @AutoClose
    private final TestingCommands commands = new TestingCommands();

    @BeforeEach
    void setTheClock() {
        commands.clock.advance(Duration.between(commands.clock.instant(), NOON.plusSeconds(60)));
    }

    @Test
    void describesAPairThatIsBeingCopied() {
        commands.putRow(SOURCE, DESTINATION);
        commands.put(TestingValues.full(SOURCE, DESTINATION));
        assertThat(commands.run("explain", SOURCE)).isEqualTo(Exit.OK);
        assertThat(commands.lines())
                .contains(
                        SOURCE + " -> " + DESTINATION,
                        "  state         Stale since 2026-03-01T11:59:59Z (1m1s ago)",
                        "  why           Backoff: next attempt at 12:30",
                        "  source        " + digest("new"),
                        "  destination   " + digest("old"),
                        "  recorded      2026-03-01T12:00:00Z (1m ago)",
                        "  last in sync  2026-03-01T11:59:58Z (1m2s ago)",
                        "  job           mirror-c0ffee (job-of-c0ffee)",
                        "  job copies    " + digest("new"),
                        "  claimed       2026-03-01T12:00:00Z (1m ago) by operator-1, epoch 3",
                        "  failures      4 in a row for " + digest("new"),
                        "  next          retry at 2026-03-01T12:30:00Z (in 29m)");
        assertThat(commands.out())
                .containsPattern("history +2026-03-01T12:00:00Z \\(1m ago\\) +failed: Denied +- +- +" + digest("new")
                        + " +job job-2\n")
                .containsPattern("\n +2026-03-01T11:59:00Z \\(2m ago\\) +copied +1m1s +115.0 GiB +" + digest("old")
                        + " +job job-1\n");
    }

    @Test
    void showsTheParsedRow() {
        commands.putRow(
                "team/app",
                Map.of(
                        "Destination", AttributeValue.fromS("b.example/app, c.example/app"),
                        "Tags",
                                AttributeValue.fromM(Map.of(
                                        "Include", AttributeValue.fromL(List.of(AttributeValue.fromS("1.*"))),
                                        "Latest", AttributeValue.fromN("3"))),
                        "Interval", AttributeValue.fromS("4h"),
                        "MinAge", AttributeValue.fromS("24h"),
                        "Suspend", AttributeValue.fromBool(true),
                        "ManagedBy", AttributeValue.fromS("file/team")));
        assertThat(commands.run("explain", "team/app")).isEqualTo(Exit.OK);
        Instant now = commands.clock.instant();
        Duration wait = Schedule.untilNext(new EntryKey("team/app"), Duration.ofHours(4), now);
        assertThat(commands.lines())
                .contains(
                        "team/app",
                        "  source        docker.io/team/app",
                        "  destinations  b.example/app",
                        "                c.example/app",
                        "  tags          include 1.*, latest 3",
                        "  minimum age   1d",
                        "  suspended     yes; nothing is copied",
                        "  managed by    file/team",
                        "  ready         Unknown",
                        "  recorded      never",
                        "  interval      4h",
                        "  next pass     " + Amounts.instant(now.plus(wait), now)
                                + " at the latest, if an operator is running");
    }

    @Test
    void reportsEveryProblemOfAnInvalidRow() {
        commands.putRow("not a reference!", Map.of("Interval", AttributeValue.fromS("often")));
        assertThat(commands.run("explain", "not a reference!")).isEqualTo(Exit.OK);
        assertThat(commands.out())
                .contains("  row           invalid")
                .contains("  problems      Source: ")
                .contains("                Destination: is missing")
                .contains("                Interval: 'often' is not a duration");
    }

    @Test
    void showsWhenQuarantineEnds() {
        commands.putRow(
                SOURCE,
                Map.of(
                        "Destination", AttributeValue.fromS(DESTINATION),
                        "MinAge", AttributeValue.fromS("24h")));
        Instant since = NOON.truncatedTo(ChronoUnit.SECONDS);
        commands.put(new EntryStatus(
                new EntryKey(SOURCE),
                EntryStatus.Summary.NONE,
                Map.of("1.2", SourceTag.first(digest("new"), since)),
                since,
                0));
        put(PairState.held(Drift.MISSING, Reason.QUARANTINED, "young"));
        commands.run("explain", SOURCE);
        assertThat(commands.lines())
                .contains(
                        "  quarantine    the tag has pointed to " + digest("new")
                                + " since 2026-03-01T12:00:00Z (1m ago);"
                                + " copied from 2026-03-02T12:00:00Z (in 23h58m)",
                        "  next          a copy at 2026-03-02T12:00:00Z (in 23h58m), unless the tag changes before"
                                + " then");
    }

    @Test
    void showsTheNextStepInEachPhase() {
        commands.putRow(SOURCE, DESTINATION);
        Instant now = commands.clock.instant();
        String pass =
                Amounts.instant(now.plus(Schedule.untilNext(new EntryKey(SOURCE), Duration.ofMinutes(15), now)), now);
        assertNext(PairState.idle(Drift.IN_SYNC), "next comparison by " + pass);
        assertNext(PairState.copying(Drift.MISSING, ""), "when the job ends, the destination is checked");
        assertNext(
                PairState.held(Drift.MISSING, Reason.SUSPENDED, ""),
                "nothing is copied while Suspend is set; next comparison by " + pass);
        assertNext(PairState.held(Drift.MISSING, Reason.ADMISSION, ""), "a copy job as soon as the limits allow");
        assertNext(PairState.held(Drift.UNKNOWN, Reason.BACKOFF, ""), "retry within about a minute, by " + pass);
        assertNext(
                PairState.held(Drift.UNKNOWN, Reason.ACCESS_DENIED, ""),
                "retry when the row, source or destination changes, on 'mirror-operator sync " + SOURCE
                        + "', or at the next reconcile, by " + pass);
    }

    @Test
    void everyOwnersEntryOfTheSourceIsExplained() {
        commands.putRow(SOURCE, DESTINATION);
        commands.putRow(SOURCE + "#file/team", "c.example/app:1");
        commands.run("explain", SOURCE);
        assertThat(commands.lines()).contains(SOURCE, SOURCE + "#file/team");
    }

    @Test
    void entryThatDoesNotExistIsNotFound() {
        assertThat(commands.run("explain", SOURCE)).isEqualTo(Exit.NOT_FOUND);
        assertThat(commands.err()).contains("no entry '" + SOURCE + "'");
        assertThat(commands.run("explain")).isEqualTo(Exit.USAGE);
    }

    private void assertNext(PairState state, String next) {
        put(state);
        commands.run("explain", SOURCE);
        assertThat(commands.lines()).as(state.toString()).contains("  next          " + next);
    }

    private void put(PairState state) {
        long version = commands.statuses().load(new EntryKey(SOURCE)).pairs().stream()
                .mapToLong(PairStatus::version)
                .findFirst()
                .orElse(0);
        commands.put(TestingValues.fresh(SOURCE, DESTINATION)
                .in(state, PairStatus.Seen.NOTHING, NOON)
                .at(version));
    }
}
