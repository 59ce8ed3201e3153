package dev.imagemirror.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import org.junit.jupiter.api.Test;

class DeclaredRowsTest {
    private static final String MANAGER = "prod/team/images";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void rowsCarryTheManagerInKeyAndAttribute() {
        DeclaredRows declared = read("mirrors: [{source: 'golang:1.17', destinations: [x.example/golang]}]");

        assertThat(declared.errors()).isEmpty();
        MirrorRow row = declared.rows().get(0);
        assertThat(row.key()).isEqualTo(new EntryKey("docker.io/library/golang:1.17#" + MANAGER));
        assertThat(row.attributes()).containsEntry(MirrorRow.MANAGED_BY, MANAGER);
        assertThat(declared.mayRemove(key("docker.io/library/alpine:3"))).isTrue();
    }

    @Test
    void theValidMirrorsOfASpecWithABadOneAreRows() {
        DeclaredRows declared = read("""
                mirrors:
                  - {source: 'golang:1.17', destinations: ['UPPER/x']}
                  - {source: 'alpine:3', destinations: [x.example/alpine]}
                """);

        assertThat(declared.rows())
                .extracting(row -> row.key().reference())
                .containsExactly("docker.io/library/alpine:3");
        assertThat(declared.errors()).singleElement().asString().startsWith("spec.mirrors[0].destinations: ");
    }

    @Test
    void aRowThatMayBeThatOfABadMirrorIsNotToBeRemoved() {
        DeclaredRows declared = read("mirrors: [{source: 'golang:1.17', destinations: ['UPPER/x']}]");

        assertThat(declared.mayRemove(key("docker.io/library/golang:1.16"))).isFalse();
        assertThat(declared.mayRemove(key("docker.io/library/alpine:3"))).isTrue();
    }

    @Test
    void noRowIsToBeRemovedWhileASourceCannotBeRead() {
        DeclaredRows declared = read("""
                mirrors:
                  - {source: 'UPPER', destinations: [x.example/x]}
                  - {source: 'alpine:3', destinations: [x.example/alpine]}
                """);

        assertThat(declared.rows()).hasSize(1);
        assertThat(declared.mayRemove(key("docker.io/library/busybox:1"))).isFalse();
        assertThat(read("suspend: true").mayRemove(key("docker.io/library/busybox:1")))
                .as("no mirrors at all")
                .isFalse();
    }

    private static EntryKey key(String source) {
        return EntryKey.owned(source, MANAGER);
    }

    private static DeclaredRows read(String spec) {
        try {
            return PolicyReader.readSpec(MANAGER, YAML.readTree(spec));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
