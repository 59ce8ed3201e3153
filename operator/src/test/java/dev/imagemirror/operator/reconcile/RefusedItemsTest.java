package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.reconcile.dry.DryRun;
import dev.imagemirror.operator.testing.TestingValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Items of the status table that cannot be understood, or are a newer operator's: they cost themselves alone. */
class RefusedItemsTest {
    private static final String OTHER = "b.example.com/golang:1.17";
    private static final String FAULT = "written by a newer version (schema 3); upgrade this operator";

    private final Scene scene = new Scene();

    @BeforeEach
    void twoDestinationsInSync() {
        scene.mirrors.row(SOURCE, Map.of("Destination", List.of(DESTINATION, OTHER)));
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.registries.found(OTHER, digest("v1"));
        scene.operator.sweep();
        assertThat(scene.summary(SOURCE).summary().ready()).isTrue();
    }

    @Test
    void aPairThatIsRefusedIsLeftAloneAndTheOtherIsCopied() {
        scene.statuses.refuse(scene.pair(), FAULT);
        PairStatus before = scene.pair();
        scene.source(SOURCE, "v2");
        scene.clock.advance(Duration.ofHours(1));

        scene.operator.sweep();

        assertThat(scene.pair()).isEqualTo(before);
        assertThat(scene.pair(SOURCE, OTHER).claim()).isNotNull();
        scene.complete(scene.onlyJob());
        scene.clock.advance(Duration.ofMinutes(5));
        scene.operator.sweep();
        assertThat(scene.summary(SOURCE).summary().ready()).isFalse();
        assertThat(scene.summary(SOURCE).summary().counts().byWord())
                .containsOnly(Map.entry("InSync", 1), Map.entry("Unknown", 1));
    }

    @Test
    void aPairThatIsRefusedAndHasNoRowIsLeftAloneAndTheOtherIsForgotten() {
        scene.statuses.refuse(scene.pair(), FAULT);
        scene.mirrors.removeRow(SOURCE);

        scene.operator.pass(SOURCE);

        assertThat(scene.statuses.pairs()).containsExactly(scene.pair());
        assertThat(scene.summary(SOURCE)).isNull();
    }

    @Test
    void aClaimThatIsRefusedStillCountsAsLive() {
        scene.statuses.set(scene.pair().withClaim(TestingValues.claim("aa")));
        scene.statuses.refuse(scene.pair(), FAULT);

        scene.operator.sweep();

        assertThat(scene.operator.live.having("job-of-aa")).containsExactly(new EntryKey(SOURCE));
        assertThat(scene.pair().claim()).isNotNull();
    }

    @Test
    void refusedSummaryDoesNotPreventCopies() {
        scene.statuses.refuseSummary(SOURCE, FAULT);
        scene.source(SOURCE, "v2");
        scene.clock.advance(Duration.ofHours(1));

        scene.operator.sweep();

        assertThat(scene.pair().claim()).isNotNull();
    }

    @Test
    void unusableItemIsRemoved() {
        scene.statuses.spoil(new UnreadableItem(new EntryKey(SOURCE), "a.example.com/golang:a/b", "odd", true));

        scene.operator.sweep();

        assertThat(scene.statuses.unreadable()).isEmpty();
        assertThat(scene.summary(SOURCE).summary().ready()).isTrue();
    }

    @Test
    void itemThatMayHoldAClaimIsKeptAndReported() {
        UnreadableItem item = new UnreadableItem(new EntryKey(SOURCE), "a.example.com/golang:a/b", "odd", false);
        scene.statuses.spoil(item);

        scene.operator.sweep();

        assertThat(scene.statuses.unreadable()).containsExactly(item);
        assertThat(scene.summary(SOURCE).summary().message()).endsWith("odd");
        assertThat(scene.summary(SOURCE).summary().isRefused()).isTrue();
        assertThat(scene.summary(SOURCE).summary().ready()).isFalse();
    }

    @Test
    void aPlanShowsWhatIsRefused() {
        scene.statuses.refuse(scene.pair(), FAULT);
        DryRun dryRun = DryRun.over(new Ports(
                scene.mirrors,
                scene.statuses,
                scene.registries,
                scene.queue,
                destination -> new RepositoryCreator.Exists()));

        assertThat(dryRun.after(new EntryKey(SOURCE)).shown())
                .anySatisfy(pair -> assertThat(pair.state().message()).isEqualTo(FAULT));
    }

    @Test
    void invalidNamesInATagListAreSkippedAndReported() {
        scene.mirrors.row(
                "golang", Map.of("Destination", "c.example.com/golang", "Tags", Map.of("Include", List.of("*"))));
        scene.registries.listing(
                "docker.io/library/golang",
                new DigestResolver.TagListing(List.of("v1", "", "a/b", "-x", "x".repeat(129)), null, "4 are no tags"));

        scene.operator.sweep();

        assertThat(scene.statuses.pairs())
                .filteredOn(pair -> pair.entry().text().equals("golang"))
                .singleElement()
                .satisfies(pair -> assertThat(pair.destination()).hasToString("c.example.com/golang:v1"));
        assertThat(scene.summary("golang").summary().row().notices()).containsExactly("4 are no tags");
    }

    @Test
    void reportsMalformedEntriesOfAReferrerList() {
        scene.mirrors.row("golang:v1", Map.of("Destination", "c.example.com/golang:v1", "Referrers", true));
        scene.registries.found("docker.io/library/golang:v1", digest("v1"));
        scene.registries.found("c.example.com/golang:v1", digest("v1"));
        scene.registries.oddReferrers("docker.io/library/golang", digest("v1"), "2 are malformed");

        scene.operator.sweep();

        assertThat(scene.summary("golang:v1").summary().row().notices())
                .containsExactly("docker.io/library/golang:v1: 2 are malformed");
    }

    @Test
    void aTruncatedTagListRetiresNothingAndIsReported() {
        scene.mirrors.row(
                "golang", Map.of("Destination", "c.example.com/golang", "Tags", Map.of("Include", List.of("*"))));
        scene.registries.tags("docker.io/library/golang", "v1", "v2");
        scene.operator.sweep();
        scene.registries.noTags(
                "docker.io/library/golang",
                Resolution.Unavailable.brokenList("the list of tags of golang is incomplete: page 2"));

        scene.operator.sweep();

        assertThat(scene.statuses.pairs())
                .filteredOn(pair -> pair.entry().text().equals("golang"))
                .hasSize(2);
        assertThat(scene.summary("golang").summary().message()).contains("the list of tags of golang is incomplete");
        assertThat(scene.summary("golang").summary().ready()).isFalse();
    }
}
