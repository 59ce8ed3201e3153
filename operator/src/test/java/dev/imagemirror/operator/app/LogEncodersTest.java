package dev.imagemirror.operator.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.image.Visible;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LogEncodersTest {
    private static final String SECRET = "s3cret-s3cret";

    private final LoggerContext context = new LoggerContext();

    @Test
    void jsonLinesContainSearchableFields() throws IOException {
        String line = encoded(json(), event("a \"quoted\"\nmessage", null));
        assertThat(line.lines()).hasSize(1);
        JsonNode event = new ObjectMapper().readTree(line);
        assertThat(event.path("level").asText()).isEqualTo("WARN");
        assertThat(event.path("formattedMessage").asText()).isEqualTo("a \"quoted\"\nmessage");
        assertThat(event.path("mdc").path("source").asText()).isEqualTo("a/b:1");
        assertThat(event.path("mdc").path("job").asText()).isEqualTo("job-1");
        assertThat(event.path("timestamp").isNumber()).isTrue();
    }

    @Test
    void noSecretIsLoggedAndJsonStaysJson() throws IOException {
        String message = "GET https://user:" + SECRET + "@host/v2/?token=" + SECRET + " with Bearer " + SECRET
                + " and {\"password\":\"" + SECRET + "\"}";
        RuntimeException fault = new IllegalStateException("access_token=" + SECRET, new IOException(message));
        String json = encoded(json(), event(message, fault));
        assertThat(json).doesNotContain(SECRET);
        JsonNode event = new ObjectMapper().readTree(json);
        assertThat(event.path("formattedMessage").asText()).contains("[hidden]@host");
        assertThat(event.path("throwable").path("message").asText()).isEqualTo("access_token=[hidden]");
        assertThat(encoded(text(), event(message, fault)))
                .doesNotContain(SECRET)
                .contains("[a/b:1]", "[hidden]", "IllegalStateException");
    }

    @ParameterizedTest
    @MethodSource("dev.imagemirror.testing.HostileTexts#all")
    void foreignTextIsEscapedAndForgesNoLine(String hostile) throws IOException {
        String shown = "evil " + hostile + " text";
        LoggingEvent event = event(shown, new IllegalStateException(shown, new IOException(shown)));
        for (String line : List.of(encoded(text(), event), encoded(json(), event))) {
            assertThat(line.codePoints())
                    .noneMatch(codePoint -> Visible.isHidden(codePoint) && codePoint != '\n' && codePoint != '\t');
            assertThat(line.lines()).noneMatch(part -> part.startsWith("forged"));
        }
        assertThat(encoded(json(), event).lines()).hasSize(1);
    }

    private LoggingEvent event(String message, Throwable fault) {
        LoggingEvent event =
                new LoggingEvent("caller", context.getLogger("dev.imagemirror.Some"), Level.WARN, message, fault, null);
        event.setMDCPropertyMap(Map.of("source", "a/b:1", "job", "job-1"));
        return event;
    }

    private static RedactingJsonEncoder json() {
        return new RedactingJsonEncoder();
    }

    private RedactingTextEncoder text() {
        RedactingTextEncoder encoder = new RedactingTextEncoder();
        encoder.setContext(context);
        encoder.setPattern("%-5level [%X{source}] %msg%n%ex");
        return encoder;
    }

    private static String encoded(Encoder<ch.qos.logback.classic.spi.ILoggingEvent> encoder, LoggingEvent event) {
        encoder.start();
        return new String(encoder.encode(event), UTF_8);
    }
}
