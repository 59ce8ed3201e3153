package dev.imagemirror.registry.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void asksForNoMoreThanIsNeeded() {
        assertThat(Scope.pull("a/b").parameters()).containsExactly("repository:a/b:pull");
        assertThat(Scope.push("a/b").parameters()).containsExactly("repository:a/b:pull,push");
        assertThat(Scope.delete("a/b").parameters()).containsExactly("repository:a/b:pull,push,delete");
    }

    @Test
    void asksForTheOtherRepositoryAsWellInAMount() {
        assertThat(Scope.mount("a/b", "c").parameters())
                .containsExactly("repository:a/b:pull,push", "repository:c:pull");
    }

    @Test
    void isAnotherForEachRepositoryAndAction() {
        assertThat(Scope.pull("a"))
                .isEqualTo(Scope.pull("a"))
                .isNotEqualTo(Scope.push("a"))
                .isNotEqualTo(Scope.pull("b"));
        assertThat(Scope.delete("a")).isNotEqualTo(Scope.push("a"));
        assertThat(Scope.push("a")).isNotEqualTo(Scope.mount("a", "b"));
    }
}
