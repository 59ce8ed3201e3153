package dev.imagemirror.operator.config;

/**
 * Settings whose keys begin alike. Reading a setting is what declares it: name, default, format and description stand in
 * that one call, and {@link Settings} finds them all by reading once.
 *
 * @param name dotted path in the file
 * @param reader knows the values
 */
record Section(String name, SettingReader reader) {
    /** The value of the setting with this name in the section. */
    <T> T read(String setting, String unset, Format<T> format, String description) {
        return reader.read(new Setting<>(name + "." + setting, unset, format, description));
    }

    /** The section of this name in this one. */
    Section section(String below) {
        return new Section(name + "." + below, reader);
    }
}
