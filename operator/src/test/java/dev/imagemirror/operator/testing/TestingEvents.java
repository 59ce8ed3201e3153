package dev.imagemirror.operator.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Events as AWS sends them, recorded. */
public final class TestingEvents {
    private TestingEvents() {}

    /** The body of one, such as {@code ecr-push}. */
    public static String body(String name) {
        try (InputStream file = TestingEvents.class.getResourceAsStream("/events/" + name + ".json")) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
