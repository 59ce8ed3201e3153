package dev.imagemirror.operator.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.imagemirror.text.YamlMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads the settings from a YAML file; anything else in it is an error. */
final class ConfigFile {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final String name;
    private final SettingTexts texts;

    private ConfigFile(String name, SettingTexts texts) {
        this.name = name;
        this.texts = texts;
    }

    /**
     * Reads a file.
     *
     * @param name of the file, for error messages
     * @param yaml its content
     * @param texts receives settings and errors
     */
    static void read(String name, String yaml, SettingTexts texts) {
        new ConfigFile(name, texts).read(yaml);
    }

    private void read(String yaml) {
        try {
            List<JsonNode> documents = documents(yaml);
            if (documents.size() > 1) {
                fault("has " + documents.size() + " YAML documents; put all settings in one");
                return;
            }
            JsonNode root = documents.isEmpty() ? YAML.nullNode() : documents.get(0);
            if (root.isMissingNode() || root.isNull()) {
                return;
            }
            if (!root.isObject()) {
                fault("expected a map, such as loop: {interval: 15m}");
                return;
            }
            settings("", root);
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation(); // null if nested too deeply
            fault(YamlMessage.of(
                    e.getOriginalMessage(),
                    place == null ? 0 : place.getLineNr(),
                    place == null ? 0 : place.getColumnNr()));
        }
    }

    private static List<JsonNode> documents(String yaml) throws JsonProcessingException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll();
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text can be read
        }
    }

    private void settings(String prefix, JsonNode map) {
        map.properties().forEach(field -> {
            String key = prefix + field.getKey();
            if (Settings.isSection(key)) {
                section(key, field.getValue());
            } else {
                setting(prefix, key, field.getValue());
            }
        });
    }

    private void section(String key, JsonNode value) {
        if (value.isObject()) {
            settings(key + ".", value);
        } else if (!value.isNull()) {
            fault(key + ": expected a map of " + Settings.below(key + "."));
        }
    }

    private void setting(String prefix, String key, JsonNode value) {
        Settings.ALL.stream()
                .filter(known -> known.key().equals(key))
                .findFirst()
                .ifPresentOrElse(
                        known -> value(known, value),
                        () -> fault(key + ": unknown setting; expected one of " + Settings.below(prefix)));
    }

    private void value(Setting<?> setting, JsonNode value) {
        if (value.isArray() && !isListOfValues(value)) {
            fault(setting.key() + ": expected a list of single values");
        } else if (value.isObject()) {
            fault(setting.key() + ": is a map; expected " + setting.format().expected());
        } else {
            texts.put(setting, text(value), name);
        }
    }

    private static boolean isListOfValues(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isValueNode);
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(","));
        }
        return value.asText("");
    }

    private void fault(String words) {
        texts.fault(name + ": " + words);
    }
}
