package dev.imagemirror.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.testing.TestingValues;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PairColumnsTest {
    private static final PairStatus FULL = TestingValues.full("golang:1", "x.example/y:1");

    @Test
    void everyDeclaredColumnIsInTheList() {
        assertThat(Stream.of(PairColumns.class.getFields())
                        .filter(field -> field.getType() == PairColumn.class)
                        .map(PairColumnsTest::value))
                .containsExactlyInAnyOrderElementsOf(PairColumns.ALL);
        assertThat(PairColumns.ALL).extracting(PairColumn::name).doesNotHaveDuplicates();
    }

    @Test
    void eachColumnIsReadIntoThePlaceThatItIsTakenFrom() {
        for (PairColumn<?> column : PairColumns.ALL) {
            Values written = new Values();
            column.write(FULL, written);

            Values read = new Values();
            column.write(column.read(written, TestingValues.fresh("golang:1", "x.example/y:1")), read);

            assertThat(read.values).as(column.name()).isEqualTo(written.values).isNotEmpty();
        }
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Values implements PairColumn.Sink, PairColumn.Source {
        final Map<String, Object> values = new HashMap<>();

        @Override
        public void digest(String name, Digest value) {
            put(name, value);
        }

        @Override
        public void instant(String name, Instant value) {
            put(name, value);
        }

        @Override
        public void count(String name, int value) {
            put(name, value == 0 ? null : value);
        }

        private void put(String name, Object value) {
            if (value != null) {
                values.put(name, value);
            }
        }

        @Override
        public Digest digest(String name) {
            return (Digest) values.get(name);
        }

        @Override
        public Instant instant(String name) {
            return (Instant) values.get(name);
        }

        @Override
        public int count(String name) {
            return (int) values.getOrDefault(name, 0);
        }
    }
}
