package dev.imagemirror.operator.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings as somebody wrote them, and every error in them. */
final class SettingTexts implements SettingReader {
    private final Map<String, Text> texts = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();

    /**
     * A setting's value.
     *
     * @param origin file or variable that has it
     */
    private record Text(String value, String origin) {}

    /** Takes the place of what the setting was before. */
    void put(Setting<?> setting, String value, String origin) {
        texts.put(setting.key(), new Text(value, origin));
    }

    void fault(String error) {
        errors.add(error);
    }

    /** The value, or the default if it is none: then that is an error. */
    @Override
    public <T> T read(Setting<T> setting) {
        Text text = of(setting);
        try {
            return setting.format().parser().apply(text.value());
        } catch (RuntimeException e) {
            fault(setting.key() + ": '" + text.value() + "' (from " + text.origin() + ") is invalid; expected "
                    + setting.format().expected());
            return setting.unsetValue();
        }
    }

    List<String> errors() {
        return errors;
    }

    /** What the setting is, where that comes from, and what it means. */
    String line(Setting<?> setting) {
        Text text = of(setting);
        return setting.key() + ": " + text.value() + "  # " + text.origin() + ". " + setting.description() + " ("
                + setting.variable() + ")";
    }

    private Text of(Setting<?> setting) {
        return texts.getOrDefault(setting.key(), new Text(setting.unset(), "default"));
    }
}
