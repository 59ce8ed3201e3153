package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void asksForNoMoreThanIsNeeded() {
        assertThat(Scope.pull("a/b").parameters()).containsExactly("repository:a/b:pull");
        assertThat(Scope.push("a/b").parameters()).containsExactly("repository:a/b:pull,push");
    }

    @Test
    void asksForTheOtherRepositoryAsWellInAMount() {
        assertThat(new Scope("a/b", true, "c").parameters())
                .containsExactly("repository:a/b:pull,push", "repository:c:pull");
    }

    @Test
    void isAnotherForEachRepositoryAndAction() {
        assertThat(Scope.pull("a"))
                .isEqualTo(Scope.pull("a"))
                .isNotEqualTo(Scope.push("a"))
                .isNotEqualTo(Scope.pull("b"));
        assertThat(Scope.push("a")).isNotEqualTo(new Scope("a", true, "b"));
    }
}
