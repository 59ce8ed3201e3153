package dev.imagemirror.registry.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/**
 * What the body of an error says. Source: OCI distribution specification "Error Codes", and what token endpoints,
 * GitHub and AWS send instead.
 *
 * @param code the first error's code, or empty
 * @param shown the first error's code and message, or else the text itself, as one short printable line; empty if there
 *     is no text
 * @param isThrottle true if it asks for fewer requests
 */
public record ErrorBody(String code, String shown, boolean isThrottle) {
    public static final ErrorBody NONE = new ErrorBody("", "", false);

    private static final int MAX_BYTES = 16 * 1024;
    private static final int MAX_SHOWN = 300;

    /** Of text in no known form, only the beginning says why; the rest may be a whole page. */
    private static final int MAX_JUDGED = 4000;

    private static final Pattern XML_CODE = Pattern.compile("<Code>([A-Za-z]{1,60})</Code>");

    /** Reads the body, or as much of it as an error needs. */
    public static ErrorBody of(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        byte[] bytes = bytes(entity);
        boolean isEncoded = isGzip(bytes) || ContentCoding.unexpected(response) != null;
        String text = text(entity, isGzip(bytes) ? inflated(bytes) : bytes);
        if (text.isEmpty()) {
            return NONE;
        }
        JsonNode json = json(text);
        boolean throttle =
                json == null ? isThrottle(text) : errors(json).stream().anyMatch(ErrorBody::isThrottle);
        return isEncoded
                ? new ErrorBody("", "", throttle) // judged, and not shown
                : new ErrorBody(json == null ? "" : code(json), isTextType(entity) ? line(json, text) : "", throttle);
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
        JsonNode error = json == null ? null : json.path("errors").path(0);
        if (error == null || error.isMissingNode()) {
            return text;
        }
        JsonNode detail = error.path("detail");
        return error.path("code").asText("") + " " + error.path("message").asText("") + " "
                + (detail.isTextual() ? detail.asText() : "");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            return null;
        }
    }

    /** The body if its bytes are text, or else nothing. */
    private static String text(HttpEntity entity, byte[] bytes) {
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        // the last character may be cut off, which is no fault
        boolean malformed = charset(entity)
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), text, false)
                .isError();
        String decoded = text.flip().toString();
        return malformed || decoded.indexOf('\0') >= 0 ? "" : decoded;
    }

    private static boolean isGzip(byte[] bytes) {
        return bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    }

    /** The beginning of what was compressed, or as much of it as can be had. */
    private static byte[] inflated(byte[] gzip) {
        byte[] plain = new byte[MAX_BYTES];
        int length = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            for (int read = 0; read >= 0 && length < MAX_BYTES; length += Math.max(0, read)) {
                read = in.read(plain, length, MAX_BYTES - length);
            }
        } catch (IOException e) {
            return Arrays.copyOf(plain, length); // cut off, or not gzip after all
        }
        return Arrays.copyOf(plain, length);
    }

    private static byte[] bytes(HttpEntity entity) {
        try {
            InputStream in = entity == null ? null : entity.getContent(); // closed with the answer
            return in == null ? new byte[0] : in.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            return new byte[0]; // the status alone has to do
        }
    }

    private static Charset charset(HttpEntity entity) {
        ContentType type = type(entity);
        return type == null || type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
    }

    private static boolean isTextType(HttpEntity entity) {
        ContentType type = type(entity);
        String name =
                type == null ? "text/" : String.valueOf(type.getMimeType()).toLowerCase(Locale.ROOT);
        return name.startsWith("text/") || name.contains("json") || name.contains("xml");
    }

    private static ContentType type(HttpEntity entity) {
        return entity == null ? null : ContentType.parseLenient(entity.getContentType());
    }
}
