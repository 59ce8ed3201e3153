package dev.imagemirror.operator.config;

import java.time.Duration;
import java.util.List;

/**
 * The tables.
 *
 * @param mirrors name of the mirror table
 * @param statuses name of the status table
 * @param stream follow the mirror table's stream
 * @param relist how often both are relisted
 */
public record TablesConfig(String mirrors, String statuses, boolean stream, Duration relist) {
    static TablesConfig read(Section tables) {
        return new TablesConfig(
                tables.read("mirrors", "ImageMirrorTable", Format.NAME_OR_ARN, "DynamoDB table of mirror entries"),
                tables.read(
                        "statuses",
                        "ImageMirrorStatusTable",
                        Format.NAME_OR_ARN,
                        "DynamoDB table of the status of entries and pairs"),
                tables.read(
                        "stream",
                        "true",
                        Format.FLAG,
                        "Follow the mirror table's stream, so that edits take effect immediately"),
                tables.read("relist", "10m", Format.DURATION, "Relist interval of both tables"));
    }

    List<String> conflicts() {
        return mirrors.equals(statuses)
                ? List.of("tables.statuses: '" + statuses + "' is also tables.mirrors; use a different table")
                : List.of();
    }
}
