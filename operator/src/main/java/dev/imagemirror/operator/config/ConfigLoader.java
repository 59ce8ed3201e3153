package dev.imagemirror.operator.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.imagemirror.text.YamlMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the configuration: environment variables override the file, the file overrides defaults. */
public final class ConfigLoader {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> origins = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();

    private final String file;

    private ConfigLoader(String file) {
        this.file = file;
    }

    /**
     * A configuration and how it came about.
     *
     * @param config the effective values
     * @param lines of text that show them: key, value, where from; no secret is among them
     */
    public record Loaded(OperatorConfig config, List<String> lines) {}

    /** Reads, where the file has no name. */
    public static Loaded load(String yaml, Map<String, String> environment) {
        return load("the file", yaml, environment);
    }

    /**
     * Reads.
     *
     * @param file its name, for those who are told of an error in it
     * @param yaml the file's content; null if there is none
     * @param environment environment variables
     * @throws ConfigException with every error at once
     */
    public static Loaded load(String file, @Nullable String yaml, Map<String, String> environment) {
        ConfigLoader loader = new ConfigLoader(file);
        if (yaml != null) {
            loader.readFile(yaml);
        }
        loader.readEnvironment(environment);
        OperatorConfig config = loader.build();
        if (loader.errors.isEmpty()) {
            loader.compare(config);
        }
        if (!loader.errors.isEmpty()) {
            throw new ConfigException(loader.errors);
        }
        return new Loaded(config, loader.lines());
    }

    private void readFile(String yaml) {
        try {
            List<JsonNode> documents = documents(yaml);
            if (documents.size() > 1) {
                fault("it has " + documents.size() + " YAML documents; put all settings in one");
                return;
            }
            JsonNode root = documents.isEmpty() ? null : documents.get(0);
            if (root == null || root.isMissingNode() || root.isNull()) {
                return;
            }
            if (!root.isObject()) {
                fault("it is not a map; write for example loop: {interval: 15m}");
                return;
            }
            flatten("", root);
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation(); // null for what is nested too deeply
            fault(YamlMessage.of(
                    e.getOriginalMessage(),
                    place == null ? 0 : place.getLineNr(),
                    place == null ? 0 : place.getColumnNr()));
        }
    }

    private void fault(String words) {
        errors.add(file + ": " + words);
    }

    private static List<JsonNode> documents(String yaml) throws JsonProcessingException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll();
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reading a string does not fail
        }
    }

    /** Checks across settings. */
    private void compare(OperatorConfig config) {
        if (config.tables().mirrors().equals(config.tables().statuses())) {
            errors.add(
                    "tables.statuses: '" + config.tables().statuses() + "' is also tables.mirrors; use another table");
        }
        OperatorConfig.Jobs.Times times = config.jobs().times();
        if (times.deadline().compareTo(times.longestDeadline()) > 0) {
            errors.add("jobs.longestDeadline: must not be less than jobs.deadline");
        }
    }

    private void flatten(String prefix, JsonNode map) {
        map.properties().forEach(field -> {
            String key = prefix + field.getKey();
            JsonNode value = field.getValue();
            boolean isSection =
                    Parameters.ALL.stream().anyMatch(known -> known.key().startsWith(key + "."));
            if (isSection && value.isNull()) {
                return; // an empty section
            }
            if (isSection && value.isObject()) {
                flatten(key + ".", value);
            } else if (isSection) {
                fault(key + ": expected a map of " + siblings(key + "."));
            } else if (Parameters.ALL.stream().noneMatch(known -> known.key().equals(key))) {
                fault(key + ": unknown setting; expected one of " + siblings(prefix));
            } else if (value.isArray() && !isListOfValues(value)) {
                fault(key + ": expected a list of single values");
            } else if (value.isObject()) {
                fault(key + ": expected " + form(key) + ", not a map");
            } else {
                texts.put(key, text(value));
                origins.put(key, file);
            }
        });
    }

    private static boolean isListOfValues(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isValueNode);
    }

    private static String form(String key) {
        return Parameters.ALL.stream()
                .filter(known -> known.key().equals(key))
                .map(Parameter::form)
                .findFirst()
                .orElse("a value");
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(","));
        }
        return value.asText("");
    }

    /** The settings and sections right below; all settings of all sections would be too many to read. */
    private static String siblings(String prefix) {
        return Parameters.ALL.stream()
                .map(Parameter::key)
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.indexOf('.', prefix.length()) < 0
                        ? key
                        : key.substring(0, key.indexOf('.', prefix.length())))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void readEnvironment(Map<String, String> environment) {
        for (Parameter<?> parameter : Parameters.ALL) {
            String value = environment.get(parameter.variable());
            if (value != null && !value.isBlank()) {
                texts.put(parameter.key(), value.trim());
                origins.put(parameter.key(), parameter.variable());
            }
        }
    }

    private <T> T value(Parameter<T> parameter) {
        String text = texts.getOrDefault(parameter.key(), parameter.unset());
        try {
            return parameter.parser().apply(text);
        } catch (RuntimeException e) {
            errors.add(parameter.key() + ": '" + text + "' (from " + origins.get(parameter.key())
                    + ") is invalid; expected " + parameter.form());
            return parameter.parser().apply(parameter.unset());
        }
    }

    private OperatorConfig build() {
        return new OperatorConfig(
                new OperatorConfig.Tables(
                        value(Parameters.MIRRORS),
                        value(Parameters.STATUSES),
                        value(Parameters.STREAM),
                        value(Parameters.RELIST)),
                new OperatorConfig.Loop(value(Parameters.INTERVAL), value(Parameters.WORKERS), value(Parameters.GRACE)),
                jobs(),
                new OperatorConfig.Registries(
                        value(Parameters.CONCURRENCY),
                        value(Parameters.CONNECT),
                        value(Parameters.RESPONSE),
                        value(Parameters.WINDOW),
                        value(Parameters.INSECURE),
                        new OperatorConfig.Addresses(value(Parameters.LOOPBACK), value(Parameters.PRIVATE_ADDRESSES)),
                        value(Parameters.CA_FILES),
                        value(Parameters.DENIED_MEANS_MISSING)),
                value(Parameters.CREATE_REPOSITORIES),
                kubernetes(),
                new OperatorConfig.Web(
                        value(Parameters.WEB),
                        value(Parameters.WEB_ADDRESS),
                        value(Parameters.WEB_PORT),
                        value(Parameters.WEB_HOSTS)),
                ecr(),
                new OperatorConfig.Events(value(Parameters.EVENTS_QUEUE)),
                new OperatorConfig.Lease(value(Parameters.LEASE), value(Parameters.LEASE_TABLE)));
    }

    private OperatorConfig.Kubernetes kubernetes() {
        return new OperatorConfig.Kubernetes(
                value(Parameters.CLUSTER),
                value(Parameters.NAMESPACES),
                value(Parameters.LIMITS),
                value(Parameters.RESYNC),
                new OperatorConfig.LeaderElection(value(Parameters.ELECTION), value(Parameters.LEASE_NAMESPACE)));
    }

    private OperatorConfig.Ecr ecr() {
        return new OperatorConfig.Ecr(
                value(Parameters.ECR_ROLES),
                new OperatorConfig.Ecr.Repository(
                        value(Parameters.REPOSITORY_KEY),
                        value(Parameters.REPOSITORY_SCAN),
                        value(Parameters.REPOSITORY_IMMUTABLE),
                        value(Parameters.REPOSITORY_TAGS),
                        value(Parameters.REPOSITORY_LIFECYCLE),
                        value(Parameters.REPOSITORY_POLICY)));
    }

    private OperatorConfig.Jobs jobs() {
        return new OperatorConfig.Jobs(
                value(Parameters.MODE),
                new OperatorConfig.Jobs.Batch(
                        value(Parameters.QUEUE), value(Parameters.DEFINITION), value(Parameters.LOG_GROUP)),
                new OperatorConfig.Jobs.Limits(
                        value(Parameters.IN_FLIGHT), value(Parameters.PER_REGISTRY), value(Parameters.LOCAL_JOBS)),
                new OperatorConfig.Jobs.Times(
                        value(Parameters.POLL),
                        value(Parameters.START_LIMIT),
                        value(Parameters.DEADLINE),
                        value(Parameters.RATE),
                        value(Parameters.LONGEST)));
    }

    private List<String> lines() {
        return Parameters.ALL.stream()
                .map(parameter ->
                        parameter.key() + ": " + texts.getOrDefault(parameter.key(), parameter.unset()) + "  # "
                                + origins.getOrDefault(parameter.key(), "default") + ". " + parameter.meaning() + " ("
                                + parameter.variable() + ")")
                .toList();
    }
}
