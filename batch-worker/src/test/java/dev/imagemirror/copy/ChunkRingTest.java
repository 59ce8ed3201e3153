package dev.imagemirror.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkRingTest {
    private final ChunkRing ring = new ChunkRing(4);

    private Chunk fill() {
        Chunk chunk = ring.free(10);
        ring.publish();
        return chunk;
    }

    @Test
    void fillsAChunkAnewWhenNobodyNeedsIt() {
        Chunk first = fill();
        fill();
        fill();
        fill();

        assertThat(ring.isFull(0)).isTrue();
        assertThat(ring.isFull(1)).isFalse();
        assertThat(fill()).isSameAs(first);
        assertThat(ring.at(4)).isSameAs(first);
    }

    @Test
    void neverFillsAChunkThatSomebodyTookAlong() {
        Chunk first = fill();
        first.takeAlong();
        fill();
        fill();
        fill();

        assertThat(fill()).isNotSameAs(first);
    }

    @Test
    void holdsNoMoreThanItShrankTo() {
        Chunk[] chunks = {fill(), fill(), fill(), fill()};
        ring.shrink(2);

        assertThat(ring.isFull(2)).isTrue();
        assertThat(ring.isFull(3)).isFalse();
        assertThat(fill()).isSameAs(chunks[2]);
        assertThat(fill()).isSameAs(chunks[3]);
        assertThat(fill()).isSameAs(chunks[2]);
    }
}
