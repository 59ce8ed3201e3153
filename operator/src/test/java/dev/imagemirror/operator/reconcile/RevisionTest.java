package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.reconcile.Scene.DESTINATION;
import static dev.imagemirror.operator.reconcile.Scene.SOURCE;
import static dev.imagemirror.operator.reconcile.Scene.digest;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A summary names the revision of the row that it describes. */
class RevisionTest {
    private final Scene scene = new Scene();

    @BeforeEach
    void aDeclaredRowInSync() {
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Revision", "r1"));
        scene.source(SOURCE, "v1");
        scene.registries.found(DESTINATION, digest("v1"));
        scene.operator.pass(SOURCE);
    }

    @Test
    void theSummaryEchoesTheRowsRevision() {
        assertThat(scene.summary(SOURCE).summary().row().revision()).isEqualTo("r1");
        assertThat(scene.summary(SOURCE).summary().ready()).isTrue();
    }

    @Test
    void anotherRevisionAloneIsEchoedToo() {
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Revision", "r2"));

        scene.operator.pass(SOURCE);

        assertThat(scene.summary(SOURCE).summary().row().revision()).isEqualTo("r2");
    }

    @Test
    void anInvalidRowsRevisionIsEchoed() {
        scene.mirrors.row(SOURCE, Map.of("Destination", DESTINATION, "Revision", "r2", "Interval", "often"));

        scene.operator.pass(SOURCE);

        assertThat(scene.summary(SOURCE).summary().row().revision()).isEqualTo("r2");
        assertThat(scene.summary(SOURCE).summary().ready()).isFalse();
    }

    @Test
    void aRowMadeByHandHasNone() {
        scene.mirrors.row(SOURCE, DESTINATION);

        scene.operator.pass(SOURCE);

        assertThat(scene.summary(SOURCE).summary().row().revision()).isNull();
    }
}
