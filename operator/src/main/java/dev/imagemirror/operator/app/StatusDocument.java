package dev.imagemirror.operator.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.web.EntryDocument;
import java.util.List;
import java.util.Map;

/** Entries for programs: the same as the management port's API gives. */
final class StatusDocument {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

    private StatusDocument() {}

    static String json(List<EntryView> entries) {
        return text(JSON, entries) + "\n";
    }

    static String yaml(List<EntryView> entries) {
        return text(YAML, entries);
    }

    private static String text(ObjectMapper mapper, List<EntryView> entries) {
        try {
            return mapper.writeValueAsString(
                    Map.of("entries", entries.stream().map(EntryDocument::of).toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts can be written", e);
        }
    }
}
