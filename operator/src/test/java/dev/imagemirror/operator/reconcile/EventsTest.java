package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.testing.TestingDigestResolver;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is worked, and how, when registries and the queue tell of changes. */
class EventsTest {
    private static final String ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app";
    private static final String FIPS = "123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com/team/app";

    private final Scene scene = new Scene();
    private final List<String> enqueued = new ArrayList<>();

    @Test
    void aPushIsForEveryRowWhoseSourceItIs() {
        scene.mirrors.row(ECR + ":1", "a.io/app");
        scene.mirrors.row(FIPS + ":1#c/n/p", "b.io/app");
        scene.mirrors.row(ECR + ":2", "c.io/app");
        scene.mirrors.row(ECR + "@" + digest("x"), "d.io/app:1");
        scene.mirrors.row(
                ECR + "#all", Map.of(MirrorRow.DESTINATION, "e.io/app", "Tags", Map.of("Include", List.of("1*"))));
        scene.mirrors.row(
                ECR + "#others", Map.of(MirrorRow.DESTINATION, "f.io/app", "Tags", Map.of("Exclude", List.of("1*"))));
        informer().imageChanged(ImageReference.parse(ECR + ":1"), false);
        assertThat(enqueued).containsExactlyInAnyOrder(ECR + ":1", FIPS + ":1#c/n/p", ECR + "#all");
    }

    /** Whether it will be among them, only a list of all tags tells; and a process that just began has none. */
    @Test
    void aPushOfANewTagIsForASelectionOfTheLatest() {
        scene.mirrors.row(ECR, Map.of(MirrorRow.DESTINATION, "a.io/app", "Tags", latest("1.*")));
        scene.mirrors.row(ECR + "#2", Map.of(MirrorRow.DESTINATION, "b.io/app", "Tags", latest("2.*")));
        scene.registries.tags(ECR, "1.8", "1.9");
        MirrorInformer informer = informer();
        scene.operator.pass(ECR);
        informer.imageChanged(ImageReference.parse(ECR + ":1.10"), false);
        assertThat(enqueued).containsExactly(ECR);
    }

    @Test
    void aPushOfANewTagToADestinationIsForASelectionOfTheLatest() {
        scene.mirrors.row("golang", Map.of(MirrorRow.DESTINATION, ECR, "Tags", latest("1.*")));
        scene.mirrors.row("debian", Map.of(MirrorRow.DESTINATION, ECR, "Tags", latest("2.*")));
        informer().imageChanged(ImageReference.parse(ECR + ":1.10"), false);
        assertThat(enqueued).containsExactly("golang");
    }

    private static Map<String, Object> latest(String include) {
        return Map.of("Include", List.of(include), "Latest", BigDecimal.ONE);
    }

    @Test
    void aPushIsForEveryRowWhoseDestinationItIs() {
        scene.mirrors.row("golang:1", ECR + ":1," + ECR + ":x");
        scene.mirrors.row("golang:2", FIPS + ":1");
        scene.mirrors.row("debian:1", ECR);
        scene.mirrors.row("debian:2", ECR);
        informer().imageChanged(ImageReference.parse(ECR + ":1"), false);
        assertThat(enqueued).containsExactlyInAnyOrder("golang:1", "golang:2", "debian:1");
    }

    @Test
    void referrersThatAppearAreForTheRowsThatCopyThem() {
        scene.mirrors.row(ECR + ":1", "a.io/app");
        scene.mirrors.row(ECR + ":1#r", Map.of(MirrorRow.DESTINATION, "b.io/app", "Referrers", true));
        MirrorInformer informer = informer();
        informer.imageChanged(ImageReference.parse(ECR), false);
        assertThat(enqueued).containsExactly(ECR + ":1#r");
        enqueued.clear();
        informer.imageChanged(
                ImageReference.parse(ECR + ":sha256-" + digest("x").hex() + ".sig"), false);
        assertThat(enqueued).containsExactly(ECR + ":1#r");
    }

    @Test
    void aRemovalWithoutATagIsForEveryRowOfTheRepository() {
        scene.mirrors.row(ECR + ":1", "a.io/app");
        scene.mirrors.row("golang:1", ECR + ":9");
        scene.mirrors.row("golang:2", ECR + "2:9");
        informer().imageChanged(ImageReference.parse(ECR), true);
        assertThat(enqueued).containsExactlyInAnyOrder(ECR + ":1", "golang:1");
    }

    @Test
    void removedOrEditedRowIsNotFoundByItsOldValues() {
        scene.mirrors.row("golang:1", ECR + ":1");
        scene.mirrors.row("golang:2", ECR + ":1");
        MirrorInformer informer = informer();
        scene.mirrors.removeRow("golang:1");
        scene.mirrors.row("golang:2", "a.io/app:1");
        informer.list();
        enqueued.clear();
        informer.imageChanged(ImageReference.parse(ECR + ":1"), false);
        assertThat(enqueued).isEmpty();
    }

    @Test
    void pushToASourceIsCopiedImmediatelyDespiteRecentAnswers() {
        scene.mirrors.row(ECR + ":1", "a.io/app");
        scene.source(ECR + ":1", "v1");
        scene.registries.answer("a.io/app:1", new Resolution.Found(digest("v1")));
        MirrorInformer informer = informer();
        scene.operator.sweep();
        informer.imageChanged(ImageReference.parse(ECR + ":1"), false);
        scene.operator.pass(ECR + ":1");
        assertThat(freshness(ECR + ":1"))
                .containsExactly(DigestResolver.Freshness.CACHED, DigestResolver.Freshness.FRESH);
    }

    @Test
    void aPushToADestinationIsLookedAtButFailuresAreNotForgotten() {
        scene.mirrors.row("golang:1", ECR + ":1");
        scene.source("docker.io/library/golang:1", "v1");
        MirrorInformer informer = informer();
        scene.operator.sweep();
        scene.queue.fail(scene.onlyJob(), "exit code 1");
        scene.operator.sweep();
        assertThat(scene.pair("golang:1", ECR + ":1").progress().retry().attempts())
                .isEqualTo(1);
        informer.imageChanged(ImageReference.parse(ECR + ":1"), false);
        scene.operator.pass("golang:1");
        assertThat(scene.runningJobs()).isEmpty();
        assertThat(freshness(ECR + ":1")).endsWith(DigestResolver.Freshness.FRESH);
    }

    @Test
    void aJobIsOfTheEntryThatHasItsClaimOrItsDestinations() {
        scene.mirrors.row("golang:1", "a.io/app:1");
        scene.mirrors.row("golang:2", "b.io/app:1");
        scene.source("docker.io/library/golang:1", "v1");
        MirrorInformer informer = informer();
        scene.operator.pass("golang:1");
        String job = scene.onlyJob();
        scene.mirrors.removeRow("golang:1");
        informer.list();
        enqueued.clear();
        informer.jobChanged(job, List.of());
        assertThat(enqueued).containsExactly("golang:1");
        enqueued.clear();
        informer.jobChanged("of-another-replica", List.of(ImageReference.parse("b.io/app:1")));
        assertThat(enqueued).containsExactly("golang:2");
    }

    private List<DigestResolver.Freshness> freshness(String reference) {
        return scene.registries.questions().stream()
                .filter(question -> question.reference().equals(ImageReference.parse(reference)))
                .map(TestingDigestResolver.Question::freshness)
                .toList();
    }

    /** Has listed the tables. */
    private MirrorInformer informer() {
        MirrorInformer informer = new MirrorInformer(
                new Ports(scene.mirrors, scene.statuses, scene.registries, scene.queue, RepositoryCreator.NONE),
                scene.operator.index,
                scene.operator.live,
                scene.operator.hints,
                (EntryKey key) -> enqueued.add(key.text()),
                Runnable::run);
        informer.list();
        enqueued.clear();
        return informer;
    }
}
