package dev.imagemirror.operator.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.EntryParser;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntryIndexTest {
    private static final ImageReference SOURCE = ImageReference.parse("golang:1");

    private final EntryIndex index = new EntryIndex();

    @Test
    void entriesOfOneRepositoryComeAndGoWithoutTheOthers() {
        for (String owner : List.of("a", "b", "c")) {
            put("golang:1#" + owner, owner + ".example.com/golang");
        }
        assertThat(copying()).containsExactlyInAnyOrder("golang:1#a", "golang:1#b", "golang:1#c");

        assertThat(index.remove(new EntryKey("golang:1#b"))).isTrue();
        assertThat(index.remove(new EntryKey("golang:1#b"))).isFalse();
        assertThat(copying()).containsExactlyInAnyOrder("golang:1#a", "golang:1#c");
        index.remove(new EntryKey("golang:1#a"));
        assertThat(copying()).containsExactly("golang:1#c");
        put("golang:1#a", "a.example.com/golang");
        assertThat(copying()).containsExactlyInAnyOrder("golang:1#a", "golang:1#c");
        index.remove(new EntryKey("golang:1#a"));
        index.remove(new EntryKey("golang:1#c"));
        assertThat(copying()).isEmpty();
    }

    @Test
    void anEntryWithSeveralTagsOfOneDestinationCanBeChanged() {
        String both = "a.example.com/golang:1,a.example.com/golang:x";
        put("golang:1", both);
        put("golang:2", "a.example.com/golang:2");

        put("golang:1", "b.example.com/golang");

        assertThat(feeding("a.example.com/golang:x")).isEmpty();
        assertThat(feeding("a.example.com/golang:2")).containsExactly("golang:2");
        assertThat(feeding("b.example.com/golang:1")).containsExactly("golang:1");
    }

    private void put(String key, String destinations) {
        MirrorRow row = new MirrorRow(new EntryKey(key), Map.of(MirrorRow.DESTINATION, destinations));
        index.put(row, EntryParser.parse(row));
    }

    private List<String> copying() {
        return index.copying(SOURCE).stream().map(EntryKey::text).toList();
    }

    private List<String> feeding(String image) {
        return index.feeding(ImageReference.parse(image)).stream()
                .map(EntryKey::text)
                .toList();
    }
}
