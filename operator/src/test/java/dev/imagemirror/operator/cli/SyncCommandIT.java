package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.Reason;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.Faults;
import dev.imagemirror.testing.image.TestingImage;
import dev.imagemirror.testing.image.TestingImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SyncCommandIT extends CommandsWithRegistries {
    @Test
    void retriesFailedEntriesImmediately() {
        String source = from.reference("team/app", "1");
        TestingImage image = TestingImages.small(1);
        image.putInto(from, "team/app", "1");
        commands.putRow(source, to.reference("copy/app", "1"));
        to.fault(Fault.on("POST", "/v2/copy/app/blobs/uploads/").always().then(Faults.status(403)));
        assertThat(commands.run("once")).isEqualTo(Exit.SOME_FAILED);
        to.clearFaults();
        assertThat(commands.run("once")).as("the failure is waited out").isEqualTo(Exit.SOME_FAILED);
        assertThat(to.content().tagDigest("copy/app", "1")).isEmpty();

        assertThat(commands.run("sync", source)).as(commands.err()).isEqualTo(Exit.OK);
        assertThat(image.differences(to, "copy/app", "1")).isEmpty();
        assertThat(commands.pair(source).progress().retry().attempts()).isZero();
    }

    @Test
    void looksAtTheNamedEntriesAlone() {
        TestingImages.small(1).putInto(from, "team/app", "1");
        TestingImages.small(2).putInto(from, "team/other", "1");
        commands.putRow(from.reference("team/app", "1"), to.reference("copy/app", "1"));
        commands.putRow(from.reference("team/other", "1"), to.reference("copy/other", "1"));

        assertThat(commands.run("sync", from.reference("team/app", "1"))).isEqualTo(Exit.OK);
        assertThat(to.content().repositories()).containsExactly("copy/app");
    }

    @Test
    void reportsASourceThatStaysMissing() {
        String source = from.reference("team/none", "1");
        commands.putRow(source, to.reference("copy/none", "1"));
        assertThat(commands.run("sync", source)).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.pair(source).state().reason()).isEqualTo(Reason.SOURCE_NOT_FOUND);
        assertThat(commands.out()).contains("SourceNotFound");
    }

    @Test
    void entryThatDoesNotExistIsNotFound() {
        assertThat(commands.run("sync", "docker.io/library/none:1")).isEqualTo(Exit.NOT_FOUND);
        assertThat(commands.err()).contains("docker.io/library/none:1").contains("mirror-operator status");
    }
}
