package dev.imagemirror.operator.domain.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowAttributesTest {
    @Test
    void everyDeclaredAttributeIsInTheList() {
        assertThat(Stream.of(RowAttributes.class.getFields())
                        .filter(field -> field.getType() == RowAttribute.class)
                        .map(RowAttributesTest::value))
                .containsExactlyInAnyOrderElementsOf(RowAttributes.ALL);
    }

    @Test
    void anAttributeHasOnePlaceInAPolicyAtMost() {
        List<RowAttribute<?>> placed = new ArrayList<>(RowAttributes.OF_SPEC);
        placed.addAll(RowAttributes.OF_MIRROR);
        placed.addAll(RowAttributes.OF_MANAGER);

        assertThat(placed).doesNotHaveDuplicates().isSubsetOf(RowAttributes.ALL);
        assertThat(RowAttributes.ALL).extracting(RowAttribute::field).doesNotHaveDuplicates();
    }

    @Test
    void everyAttributeIsDocumented() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "configuration.md"));
        String table = page.substring(page.indexOf("## Row attributes"));

        assertThat(RowAttributes.NAMES).allSatisfy(name -> assertThat(table).contains("`" + name + "`"));
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
