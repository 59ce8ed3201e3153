package dev.imagemirror.operator.doctor;

import dev.imagemirror.operator.config.OperatorConfig;
import dev.imagemirror.operator.dynamodb.DynamoLease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The required key and stream of a table.
 *
 * @param name of the table
 * @param setting that names it
 * @param key attributes of its key, all of type S, the partition key first
 * @param isFollowed whether its stream is read; any view type has the keys, and nothing else is used
 */
public record TableForm(String name, String setting, List<String> key, boolean isFollowed) {
    private static final String SOURCE = "Source";
    private static final String DESTINATION = "Destination";

    /** The mirror table, for commands that read nothing else. */
    public static TableForm mirrors(OperatorConfig config) {
        return mirrors(config, false);
    }

    /** Both tables, for processes that do not follow the stream. */
    public static List<TableForm> both(OperatorConfig config) {
        return List.of(mirrors(config, false), statuses(config, false));
    }

    /** All tables of a service: on standby, or with policies only, the stream is the only news of rows. */
    public static List<TableForm> ofService(OperatorConfig config, boolean hasPolicies, boolean hasLoop) {
        boolean hasLease = hasLoop && config.lease().enabled();
        boolean hearsOfRows = hasLoop && !hasLease && config.events().hasQueue();
        boolean isShown = hasPolicies || config.web().isEnabled();
        boolean followsStreams = config.tables().stream();
        List<TableForm> forms = new ArrayList<>();
        forms.add(mirrors(config, followsStreams && !hearsOfRows));
        forms.add(statuses(config, followsStreams && isShown));
        if (hasLease) {
            forms.add(lease(config));
        }
        return forms;
    }

    /** All configured tables, for checks. */
    static List<TableForm> configured(OperatorConfig config) {
        boolean followsStreams = config.tables().stream();
        List<TableForm> forms = new ArrayList<>();
        forms.add(mirrors(config, followsStreams));
        forms.add(statuses(config, followsStreams && config.web().isEnabled()));
        if (config.lease().enabled()) {
            forms.add(lease(config));
        }
        return forms;
    }

    private static TableForm mirrors(OperatorConfig config, boolean isFollowed) {
        return new TableForm(config.tables().mirrors(), "tables.mirrors", List.of(SOURCE), isFollowed);
    }

    private static TableForm statuses(OperatorConfig config, boolean isFollowed) {
        return new TableForm(config.tables().statuses(), "tables.statuses", List.of(SOURCE, DESTINATION), isFollowed);
    }

    private static TableForm lease(OperatorConfig config) {
        return new TableForm(config.lease().table(), "lease.table", List.of(DynamoLease.KEY), false);
    }

    String subject() {
        return "table " + name;
    }

    /** How the table differs from what is required, and how to fix it. */
    List<Finding> differences(TableDescription table) {
        List<Finding> findings = new ArrayList<>();
        List<String> actual = key(table);
        List<String> wanted = key.stream().map(name -> name + " (S)").toList();
        if (!actual.equals(wanted)) {
            findings.add(Finding.wrong(
                    subject(),
                    "its key is " + String.join(" + ", actual),
                    "correct " + setting + " if it names the wrong table, or recreate this one with key "
                            + String.join(" + ", wanted)));
        }
        if (isFollowed && !hasStream(table)) {
            findings.add(Finding.wrong(
                    subject(),
                    "it has no stream, so changes are noticed late",
                    "enable one (any view type will do), or set tables.stream to false"));
        }
        return findings;
    }

    static boolean hasStream(TableDescription table) {
        return table.streamSpecification() != null
                && Boolean.TRUE.equals(table.streamSpecification().streamEnabled());
    }

    /** Names and types, the partition key first as in every {@code DescribeTable} response. */
    static List<String> key(TableDescription table) {
        Map<String, String> types = table.attributeDefinitions().stream()
                .collect(Collectors.toMap(
                        AttributeDefinition::attributeName, AttributeDefinition::attributeTypeAsString));
        return table.keySchema().stream()
                .map(KeySchemaElement::attributeName)
                .map(name -> name + " (" + types.get(name) + ")")
                .toList();
    }
}
