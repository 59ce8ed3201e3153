package dev.imagemirror.testing.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Immutable HTTP header fields; names are compared without regard to case (RFC 9110 section 5.1). */
public final class Headers {
    private static final Headers NONE = new Headers(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

    private final Map<String, List<String>> fields;

    private Headers(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** No header at all. */
    public static Headers none() {
        return NONE;
    }

    /** One field for each entry of the map. */
    public static Headers of(Map<String, String> values) {
        Headers headers = NONE;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            headers = headers.with(entry.getKey(), entry.getValue());
        }
        return headers;
    }

    /** These headers with {@code name} set to {@code value} alone. */
    public Headers with(String name, String value) {
        Map<String, List<String>> copy = copy();
        copy.put(name, List.of(value));
        return new Headers(copy);
    }

    /** These headers with one more field, earlier ones of the same name kept. */
    public Headers plus(String name, String value) {
        Map<String, List<String>> copy = copy();
        List<String> values = new ArrayList<>(all(name));
        values.add(value);
        copy.put(name, List.copyOf(values));
        return new Headers(copy);
    }

    /** These headers without {@code name}. */
    public Headers without(String name) {
        Map<String, List<String>> copy = copy();
        copy.remove(name);
        return new Headers(copy);
    }

    /** The first value of {@code name}. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** Every value of {@code name}, in the order of arrival; empty if there is none. */
    public List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Whether there is a field of that name. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** All fields, as an unmodifiable map that ignores case. */
    public Map<String, List<String>> asMap() {
        return Collections.unmodifiableMap(fields);
    }

    @Override
    public String toString() {
        return fields.toString();
    }

    private Map<String, List<String>> copy() {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(fields);
        return copy;
    }
}
