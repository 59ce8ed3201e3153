package dev.imagemirror.operator.config;

/** Provides the value of each setting that is read. */
interface SettingReader {
    <T> T read(Setting<T> setting);
}
