package dev.imagemirror.operator.config;

/** Gives each setting that is read a value. */
interface SettingReader {
    <T> T read(Setting<T> setting);
}
