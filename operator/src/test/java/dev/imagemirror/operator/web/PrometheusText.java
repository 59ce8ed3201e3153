package dev.imagemirror.operator.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus's text format 0.0.4 strictly: whatever a scraper would have to guess is an error. Source: Prometheus
 * documentation, "Exposition formats".
 */
public final class PrometheusText {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern HEAD = Pattern.compile("# (HELP|TYPE) (" + NAME + ")(?: (.*))?");
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (\\S+)(?: -?[0-9]+)?");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");
    private static final List<String> TYPES = List.of("counter", "gauge", "histogram", "summary", "untyped");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private Family current;

    private PrometheusText() {}

    /**
     * One metric.
     *
     * @param samples its values by name and labels
     */
    public record Family(String name, String type, Map<Sample, Double> samples) {
        /** The value of the sample with these labels. */
        public double value(Map<String, String> labels) {
            Double value = samples.get(new Sample(name, new TreeMap<>(labels)));
            if (value == null) {
                throw new AssertionError(name + labels + " is not among " + samples.keySet());
            }
            return value;
        }
    }

    /** A name with labels. */
    public record Sample(String name, Map<String, String> labels) {}

    /** The metrics by name, in their order. */
    public static Map<String, Family> parse(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line does not end");
        }
        PrometheusText parser = new PrometheusText();
        text.lines().filter(line -> !line.isBlank()).forEach(parser::line);
        parser.families.values().forEach(PrometheusText::checkBuckets);
        return parser.families;
    }

    private void line(String line) {
        if (line.startsWith("#")) {
            Matcher head = HEAD.matcher(line);
            if (head.matches()) {
                head(head.group(1), head.group(2), head.group(3));
            }
            return;
        }
        Matcher sample = SAMPLE.matcher(line);
        require(sample.matches(), line);
        String name = sample.group(1);
        require(current != null && belongs(name, current), "no TYPE before: " + line);
        Sample key = new Sample(name, labels(sample.group(2)));
        require(current.samples().put(key, value(sample.group(3))) == null, "twice: " + line);
    }

    private void head(String kind, String name, String rest) {
        if (kind.equals("HELP")) {
            require(!families.containsKey(name), "HELP after TYPE: " + name);
            return;
        }
        require(TYPES.contains(rest), "no type: " + rest);
        current = new Family(name, rest, new LinkedHashMap<>());
        require(families.put(name, current) == null, "family twice: " + name);
    }

    private static boolean belongs(String sample, Family family) {
        List<String> suffixes = switch (family.type()) {
            case "histogram" -> List.of("_bucket", "_sum", "_count");
            case "summary" -> List.of("", "_sum", "_count");
            default -> List.of("");
        };
        return suffixes.stream().anyMatch(suffix -> sample.equals(family.name() + suffix));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        String rest = text == null ? "" : text;
        while (!rest.isEmpty()) {
            Matcher label = LABEL.matcher(rest);
            require(label.lookingAt(), "labels: " + text);
            require(labels.put(label.group(1), label.group(2)) == null, "label twice: " + text);
            rest = rest.substring(label.end());
        }
        return labels;
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Buckets are cumulative, and the last one counts all. */
    private static void checkBuckets(Family family) {
        Map<Map<String, String>, List<Double>> buckets = new LinkedHashMap<>();
        family.samples().forEach((sample, value) -> {
            if (family.type().equals("histogram") && sample.name().endsWith("_bucket")) {
                Map<String, String> labels = new TreeMap<>(sample.labels());
                require(labels.remove("le") != null, "bucket without le: " + sample);
                List<Double> values = buckets.computeIfAbsent(labels, unknown -> new ArrayList<>());
                require(values.isEmpty() || values.get(values.size() - 1) <= value, "not cumulative: " + sample);
                values.add(value);
            }
        });
        buckets.forEach((labels, values) -> {
            Double count = family.samples().get(new Sample(family.name() + "_count", labels));
            require(values.get(values.size() - 1).equals(count), "the last bucket is not the count: " + family.name());
        });
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
