package dev.imagemirror.operator.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.imagemirror.image.Redaction;
import dev.imagemirror.image.Visible;
import java.io.IOException;

/**
 * Writes documents (maps, lists, texts, numbers) as JSON; every text passes {@link Redaction} and {@link Visible}.
 * Thread-safe.
 */
final class JsonText {
    private static final ObjectMapper JSON =
            new ObjectMapper().registerModule(new SimpleModule().addSerializer(String.class, new Redacting()));

    private JsonText() {}

    static String of(Object document) {
        try {
            return Visible.json(JSON.writeValueAsString(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings and numbers is always serializable", e);
        }
    }

    private static final class Redacting extends StdSerializer<String> {
        private static final long serialVersionUID = 1L;

        Redacting() {
            super(String.class);
        }

        @Override
        public void serialize(String text, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(Redaction.of(text));
        }
    }
}
