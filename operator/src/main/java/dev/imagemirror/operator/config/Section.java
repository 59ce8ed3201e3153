package dev.imagemirror.operator.config;

/**
 * Settings with a common key prefix. Reading a setting declares it: that one call has its name, default, format and
 * description, and {@link Settings} finds them all by reading once.
 *
 * @param name dotted path in the file
 * @param reader provides the values
 */
record Section(String name, SettingReader reader) {
    /** The value of this section's setting with this name. */
    <T> T read(String setting, String unset, Format<T> format, String description) {
        return reader.read(new Setting<>(name + "." + setting, unset, format, description));
    }

    /** The subsection of this name. */
    Section section(String below) {
        return new Section(name + "." + below, reader);
    }
}
