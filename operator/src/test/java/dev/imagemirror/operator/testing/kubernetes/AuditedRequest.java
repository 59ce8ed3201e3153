package dev.imagemirror.operator.testing.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One request as the API server noted it in its audit log.
 *
 * @param user such as {@code system:serviceaccount:NAMESPACE:NAME}
 * @param verb as in roles
 * @param resource as in roles, such as {@code mirrorpolicies/status}; empty for paths that are no resources
 * @param name of the object, empty if none was named
 * @param code HTTP status of the answer
 */
public record AuditedRequest(String user, String verb, String resource, String name, int code) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All requests of a log; a line that is being written is left out. */
    static List<AuditedRequest> read(Path log) throws IOException {
        List<AuditedRequest> requests = new ArrayList<>();
        String text = Files.exists(log) ? Files.readString(log) : "";
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            requests.add(of(JSON.readTree(line)));
        }
        return requests;
    }

    private static AuditedRequest of(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String subresource = object.path("subresource").asText();
        return new AuditedRequest(
                event.at("/user/username").asText(),
                event.path("verb").asText(),
                object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                object.path("name").asText(),
                event.at("/responseStatus/code").asInt());
    }
}
