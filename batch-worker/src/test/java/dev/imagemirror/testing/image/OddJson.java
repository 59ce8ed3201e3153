package dev.imagemirror.testing.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** Writes manifests in a form that is legal and that no serializer gives back: copying must keep the bytes. */
final class OddJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OddJson() {}

    static byte[] bytes(ObjectNode manifest) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("\t", "\r\n"));
        try {
            String text = JSON.writer(printer).writeValueAsString(manifest);
            String unknown = "\"x-unknown\" :  {\"number\":1.50e1, \"text\":\"\\u0041\\/\", \"none\":null},\r\n";
            String odd = "{ " + unknown + text.substring(1) + "\n \n";
            return odd.getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }
}
