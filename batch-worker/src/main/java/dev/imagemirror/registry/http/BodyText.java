package dev.imagemirror.registry.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/**
 * The beginning of a response body, as text.
 *
 * @param text empty if there is no body or its bytes are not text
 * @param isTextType true if its media type is a text type, or missing
 * @param isEncoded true if it is compressed, although only plain bytes were requested
 */
record BodyText(String text, boolean isTextType, boolean isEncoded) {
    private static final int MAX_BYTES = 16 * 1024;
    private static final BodyText NONE = new BodyText("", true, false);

    static BodyText of(ClassicHttpResponse response) {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return NONE;
        }
        byte[] bytes = bytes(entity);
        boolean isGzip = bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
        Optional<ContentType> type = Optional.ofNullable(ContentType.parseLenient(entity.getContentType()));
        Charset charset = type.map(ContentType::getCharset).orElse(StandardCharsets.UTF_8);
        return new BodyText(
                decode(isGzip ? inflate(bytes) : bytes, charset),
                type.map(BodyText::isText).orElse(true),
                isGzip || ContentCoding.unexpected(response).isPresent());
    }

    private static byte[] bytes(HttpEntity entity) {
        try {
            InputStream in = entity.getContent(); // closed with the response
            return in == null ? new byte[0] : in.readNBytes(MAX_BYTES);
        } catch (IOException e) {
            return new byte[0]; // the status alone must do
        }
    }

    /** The start of the uncompressed body, as far as it can be read. */
    private static byte[] inflate(byte[] gzip) {
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

    /** The text; empty if the bytes are not text. */
    private static String decode(byte[] bytes, Charset charset) {
        CharBuffer text = CharBuffer.allocate(bytes.length + 1);
        // the last character may be cut off, which is fine
        boolean malformed =
                charset.newDecoder().decode(ByteBuffer.wrap(bytes), text, false).isError();
        String decoded = text.flip().toString();
        return malformed || decoded.indexOf('\0') >= 0 ? "" : decoded;
    }

    private static boolean isText(ContentType type) {
        String name = String.valueOf(type.getMimeType()).toLowerCase(Locale.ROOT);
        return name.startsWith("text/") || name.contains("json") || name.contains("xml");
    }
}
