package dev.imagemirror.operator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All settings, as declared by the section records. */
final class Settings {
    /** In display order. */
    static final List<Setting<?>> ALL = declared();

    private Settings() {}

    private static List<Setting<?>> declared() {
        List<Setting<?>> all = new ArrayList<>();
        OperatorConfig.read(new SettingReader() {
            @Override
            public <T> T read(Setting<T> setting) {
                all.add(setting);
                return setting.unsetValue();
            }
        });
        return List.copyOf(all);
    }

    /** True if settings or sections are below this key. */
    static boolean isSection(String key) {
        return ALL.stream().anyMatch(setting -> setting.key().startsWith(key + "."));
    }

    /** The settings and sections directly below; all settings of all sections would be too many to read. */
    static String below(String prefix) {
        return ALL.stream()
                .map(Setting::key)
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.indexOf('.', prefix.length()) < 0
                        ? key
                        : key.substring(0, key.indexOf('.', prefix.length())))
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
