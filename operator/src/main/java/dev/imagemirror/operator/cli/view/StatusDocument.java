package dev.imagemirror.operator.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.imagemirror.image.Redaction;
import dev.imagemirror.image.Visible;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.web.EntryDocument;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Entries as JSON or YAML, in the same form as the management port's API. */
public final class StatusDocument {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectMapper QUOTED_YAML =
            new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.SPLIT_LINES));
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

    /** The header of a block scalar, YAML's form of a multi-line text. */
    private static final Pattern BLOCK = Pattern.compile("[|>][0-9+-]*\\n");

    private StatusDocument() {}

    public static String json(List<EntryView> entries) {
        return Visible.json(text(JSON, entries)) + "\n";
    }

    public static String yaml(List<EntryView> entries) {
        String text = text(YAML, entries);
        boolean isPlain =
                Visible.lines(text).equals(text) && !BLOCK.matcher(text).find();
        return isPlain ? text : Visible.lines(text(QUOTED_YAML, entries));
    }

    private static String text(ObjectMapper mapper, List<EntryView> entries) {
        try {
            return Redaction.of(mapper.writeValueAsString(
                    Map.of("entries", entries.stream().map(EntryDocument::of).toList())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always serializable", e);
        }
    }
}
