package dev.imagemirror.operator.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings as written, and all errors in them. */
final class SettingTexts implements SettingReader {
    private final Map<String, Text> texts = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();

    /**
     * A setting's value.
     *
     * @param origin file or variable it comes from
     */
    private record Text(String value, String origin) {}

    /** Overrides the setting's previous value. */
    void put(Setting<?> setting, String value, String origin) {
        texts.put(setting.key(), new Text(value, origin));
    }

    void fault(String error) {
        errors.add(error);
    }

    /** The value, or the default if it is invalid, which is recorded as an error. */
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

    /** The setting's value, origin and description. */
    String line(Setting<?> setting) {
        Text text = of(setting);
        return setting.key() + ": " + text.value() + "  # " + text.origin() + ". " + setting.description() + " ("
                + setting.variable() + ")";
    }

    private Text of(Setting<?> setting) {
        return texts.getOrDefault(setting.key(), new Text(setting.unset(), "default"));
    }
}
