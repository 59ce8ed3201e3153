package dev.imagemirror.operator.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the configuration: environment variables override the file, the file overrides defaults. */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * A configuration and its origins.
     *
     * @param config the effective values
     * @param lines text to display: key, value, origin; contains no secret
     */
    public record Loaded(OperatorConfig config, List<String> lines) {}

    /** Reads a file without a name. */
    public static Loaded load(@Nullable String yaml, Map<String, String> environment) {
        return load("the file", yaml, environment);
    }

    /**
     * Reads the configuration.
     *
     * @param file its name, for error messages
     * @param yaml the file's content; null if there is none
     * @param environment environment variables
     * @throws ConfigException with every error at once
     */
    public static Loaded load(String file, @Nullable String yaml, Map<String, String> environment) {
        SettingTexts texts = new SettingTexts();
        if (yaml != null) {
            ConfigFile.read(file, yaml, texts);
        }
        readEnvironment(environment, texts);
        OperatorConfig config = OperatorConfig.read(texts);
        if (texts.errors().isEmpty()) {
            config.conflicts().forEach(texts::fault);
        }
        if (!texts.errors().isEmpty()) {
            throw new ConfigException(texts.errors());
        }
        return new Loaded(config, Settings.ALL.stream().map(texts::line).toList());
    }

    private static void readEnvironment(Map<String, String> environment, SettingTexts texts) {
        for (Setting<?> setting : Settings.ALL) {
            String value = environment.get(setting.variable());
            if (value != null && !value.isBlank()) {
                texts.put(setting, value.trim(), setting.variable());
            }
        }
    }
}
