package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.testing.TestingRegistry;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import dev.imagemirror.testing.registry.Trait;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Several tags of one destination repository, and tags that cannot be set. */
class TagsIT {
    private static final String NAME = "team/app";
    private static final String TAG = "1.0";

    private final TestingImage older = TestingImages.small(2);

    @AutoClose
    private final TestingRegistry source = TestingRegistry.start();

    private final TestingImage image = TestingImages.oddities(1).storedIn(source, NAME, TAG);

    @AutoClose
    private final TestingRegistry destination = TestingRegistry.start();

    @AutoClose
    private final CopyTrial trial = new CopyTrial();

    @Test
    void movesTheContentOnceForSeveralTagsOfARepository() {
        CopyReport report = trial.copy(source.reference(NAME, TAG), at("1.0"), at("1"), at("latest"));

        assertThat(report.destinations()).extracting(DestinationReport::outcome).containsOnly(Outcome.COPIED);
        assertThat(destination.content().tags(NAME)).containsExactly("1", "1.0", "latest");
        for (String tag : destination.content().tags(NAME)) {
            assertThat(image.differences(destination, NAME, tag)).isEmpty();
        }
        long held = image.blobs().stream().filter(blob -> !blob.foreign()).count();
        assertThat(source.requests("GET", ".+/blobs/.+")).hasSize((int) held);
        assertThat(destination.requests("POST", ".+")).hasSize((int) held);
    }

    @Test
    void setsOnlyTheTagsThatDrifted() {
        image.putInto(destination, NAME, "1.0");
        older.putInto(destination, NAME, "latest");

        CopyReport report = trial.copy(source.reference(NAME, TAG), at("1.0"), at("latest"), at("new"));

        assertThat(report.destinations())
                .extracting(DestinationReport::outcome)
                .containsExactly(Outcome.PRESENT, Outcome.COPIED, Outcome.COPIED);
        assertThat(destination.requests("PUT", ".+"))
                .extracting(RecordedRequest::path)
                .containsExactly("/v2/team/app/manifests/latest", "/v2/team/app/manifests/new");
        assertThat(destination.content().tagDigest(NAME, "latest")).hasValue(image.digest());
        assertThat(destination.content().tagDigest(NAME, "new")).hasValue(image.digest());
    }

    @Test
    void setsATagThatIsNamedTwiceOnce() {
        CopyReport report = trial.copy(source.reference(NAME, TAG), at("1"), at("2"), at("1"));

        assertThat(report.destinations()).extracting(DestinationReport::outcome).containsOnly(Outcome.COPIED);
        assertThat(destination.requests("PUT", ".+/manifests/1")).hasSize(1);
        assertThat(destination.content().tags(NAME)).containsExactly("1", "2");
    }

    @Test
    void reportsInTheOrderOfTheRequest() {
        String other = destination.reference("other/app", "1");

        CopyReport report = trial.copy(source.reference(NAME, TAG), at("b"), other, at("a"));

        assertThat(report.destinations())
                .extracting(one -> one.destination().toString())
                .containsExactly(at("b"), other, at("a"));
    }

    @Test
    void saysWhichTagCannotBeChangedAndSetsTheOthers() {
        destination.enable(Trait.IMMUTABLE_TAGS);
        older.putInto(destination, NAME, "fixed");

        CopyReport report = trial.copy(source.reference(NAME, TAG), at("fixed"), at("new"));

        assertThat(report.destinations().get(0).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.destinations().get(0).errorKind()).isEqualTo(ErrorKind.IMMUTABLE_TAG);
        assertThat(report.destinations().get(0).digest()).hasToString(older.digest());
        assertThat(report.destinations().get(1).outcome()).isEqualTo(Outcome.COPIED);
        assertThat(destination.content().tagDigest(NAME, "fixed")).hasValue(older.digest());
    }

    @Test
    void isContentWithAnImmutableTagThatSomebodyElseSetToTheSameDigest() {
        destination.enable(Trait.IMMUTABLE_TAGS);
        destination.fault(
                Fault.on("PUT", ".+/manifests/new").then(Faults.run(() -> image.putInto(destination, NAME, "new"))));

        CopyReport report = trial.copy(source.reference(NAME, TAG), at("new"));

        assertThat(destination.requests("PUT", ".+/manifests/new"))
                .extracting(RecordedRequest::status)
                .containsExactly(400);
        assertThat(report.destinations().get(0).outcome()).isEqualTo(Outcome.COPIED);
    }

    @Test
    void callsAnEqualTagPresentThoughTheContentForAnotherCannotBeCopied() {
        image.putInto(destination, NAME, "1.0");
        failOnContent();

        CopyReport report = trial.copy(source.reference(NAME, TAG), at("1.0"), at("new"));

        assertThat(report.destinations())
                .extracting(DestinationReport::outcome)
                .containsExactly(Outcome.PRESENT, Outcome.FAILED);
        assertThat(report.destinations())
                .extracting(DestinationReport::errorKind)
                .containsExactly(null, ErrorKind.TEMPORARY);
    }

    @Test
    void callsAnEqualTagFailedIfItsReferrersCannotBeCopied() {
        image.putInto(destination, NAME, "1.0");
        source.fault(Fault.on("GET", ".+/referrers/.+").always().then(Faults.status(403)));

        CopyReport report = trial.copyWithReferrers(source.reference(NAME, TAG), at("1.0"));

        assertThat(report.destinations().get(0).errorKind()).isEqualTo(ErrorKind.ACCESS_DENIED);
    }

    private void failOnContent() {
        destination.fault(
                Fault.on("HEAD", ".+/manifests/" + image.digest()).always().then(Faults.status(500)));
        destination.fault(
                Fault.on("GET", ".+/manifests/" + image.digest()).always().then(Faults.status(500)));
        destination.fault(
                Fault.on("PUT", ".+/manifests/" + image.digest()).always().then(Faults.status(403)));
    }

    @Test
    void copiesADigestToATag() {
        older.putInto(source, NAME, "");

        trial.copy(source.reference(NAME, older.digest()), at("pinned"));

        assertThat(older.differences(destination, NAME, "pinned")).isEmpty();
        assertThat(destination.content().tags(NAME)).containsExactly("pinned");
    }

    @Test
    void setsANewTagInTheSourceRepositoryItself() {
        CopyReport report = trial.copy(source.reference(NAME, image.digest()), source.reference(NAME, "stable"));

        assertThat(report.destinations().get(0).outcome()).isEqualTo(Outcome.COPIED);
        assertThat(source.content().tagDigest(NAME, "stable")).hasValue(image.digest());
        assertThat(source.requests("POST", ".+")).isEmpty();
    }

    private String at(String tag) {
        return destination.reference(NAME, tag);
    }
}
