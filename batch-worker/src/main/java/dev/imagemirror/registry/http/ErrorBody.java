package dev.imagemirror.registry.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * The body of an error response. Source: OCI distribution specification "Error Codes", and what token endpoints, GitHub
 * and AWS send instead.
 *
 * @param code the first error's code; empty if there is none
 * @param shown the first error's code and message, else the text itself, as one short printable line; empty if there is
 * no text
 * @param isThrottle true if it is a rate limit
 */
public record ErrorBody(String code, String shown, boolean isThrottle) {
    public static final ErrorBody NONE = new ErrorBody("", "", false);

    private static final int MAX_SHOWN = 300;

    /** In text of an unknown format, only the beginning gives the reason; the rest may be a whole page. */
    private static final int MAX_JUDGED = 4000;

    private static final Pattern XML_CODE = Pattern.compile("<Code>([A-Za-z]{1,60})</Code>");

    /** Reads the body, or as much of it as an error needs. */
    public static ErrorBody of(ClassicHttpResponse response) {
        BodyText body = BodyText.of(response);
        JsonNode json = json(body.text());
        boolean throttle = json.isMissingNode()
                ? isThrottle(body.text())
                : errors(json).stream().anyMatch(ErrorBody::isThrottle);
        return body.isEncoded()
                ? new ErrorBody("", "", throttle) // checked, but not shown
                : new ErrorBody(code(json), body.isTextType() ? line(json, body.text()) : "", throttle);
    }

    private static String code(JsonNode json) {
        return first(json.path("errors").path(0), "code") + first(json, "error");
    }

    private static boolean isThrottle(String text) {
        Matcher code = XML_CODE.matcher(text);
        String beginning = text.substring(0, Math.min(text.length(), MAX_JUDGED));
        return ThrottleWords.areIn(code.find() ? code.group(1) : "", beginning);
    }

    private static boolean isThrottle(JsonNode error) {
        if (error.isTextual()) {
            return ThrottleWords.areIn("", error.asText());
        }
        String code = first(error, "code", "reason", "error", "__type", "status", "type");
        String message = first(error, "message", "Message", "error_description", "details", "detail");
        return ThrottleWords.areIn(code, message);
    }

    private static String first(JsonNode error, String... fields) {
        for (String field : fields) {
            JsonNode value = error.path(field);
            if (value.isTextual() && !value.asText().isEmpty()) {
                return value.asText();
            }
        }
        return "";
    }

    private static List<JsonNode> errors(JsonNode json) {
        List<JsonNode> errors = new ArrayList<>();
        json.path("errors").forEach(errors::add);
        errors.add(json.path("errors"));
        errors.add(json.path("error"));
        json.path("error").path("errors").forEach(errors::add); // Google's
        errors.add(json);
        return errors.stream().filter(e -> e.isObject() || e.isTextual()).toList();
    }

    private static String line(JsonNode json, String text) {
        String line = describe(json, text)
                .replaceAll("\\s+", " ")
                .replaceAll("[^\\x20-\\x7e]", "?")
                .trim();
        return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "..." : line;
    }

    private static String describe(JsonNode json, String text) {
        JsonNode error = json.path("errors").path(0);
        if (error.isMissingNode()) {
            return text;
        }
        JsonNode detail = error.path("detail");
        return error.path("code").asText("") + " " + error.path("message").asText("") + " "
                + (detail.isTextual() ? detail.asText() : "");
    }

    /** The document; a missing node if it is not JSON. */
    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
