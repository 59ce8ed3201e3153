package dev.imagemirror.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.port.ClusterNames;
import org.junit.jupiter.api.Test;

/** What all names of clusters do. */
public abstract class ClusterNamesContract {
    /** No name is taken at first; the same each time within a test. */
    protected abstract ClusterNames names();

    @Test
    void theFirstClusterHasTheName() {
        assertThat(names().claim("prod", "uid-1")).isEqualTo("uid-1");
        assertThat(names().claim("prod", "uid-1")).as("after a restart").isEqualTo("uid-1");
    }

    @Test
    void anotherClusterIsToldWhoHasTheName() {
        names().claim("prod", "uid-1");

        assertThat(names().claim("prod", "uid-2")).isEqualTo("uid-1");
        assertThat(names().claim("prod", "uid-1")).isEqualTo("uid-1");
        assertThat(names().claim("staging", "uid-2")).isEqualTo("uid-2");
    }
}
