package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code mirror-operator run} on a thread of this process, with its management port on a free port. */
final class TestingRun {
    private static final Pattern ADDRESS = Pattern.compile("dashboard at (http://\\S+)");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final TestingCommands commands;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread operator;

    TestingRun(TestingCommands commands, String... options) {
        this.commands = commands;
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        operator = new Thread(() -> commands.run(arguments.toArray(new String[0])), "operator");
    }

    /** Starts it, and returns once it works. */
    TestingRun start() {
        return start("running");
    }

    /** Starts it, and returns once it has said so. */
    TestingRun start(String words) {
        operator.start();
        awaitWords(words);
        return this;
    }

    void awaitWords(String words) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(commands.err()).contains("mirror-operator: " + words));
    }

    /** Asks the management port. */
    HttpResponse<String> get(String path) {
        try {
            return http.send(HttpRequest.newBuilder(url().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode json(String path) {
        try {
            return new ObjectMapper().readTree(get(path).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The entry as the API shows it. */
    JsonNode entry(String source) {
        return json("/api/v1/mirrors/" + URLEncoder.encode(source, StandardCharsets.UTF_8));
    }

    /** Of the management port. */
    int port() {
        return url().getPort();
    }

    private URI url() {
        Matcher address = ADDRESS.matcher(commands.err());
        assertThat(address.find()).as(commands.err()).isTrue();
        return URI.create(address.group(1));
    }

    void stop() throws InterruptedException {
        operator.interrupt();
        operator.join();
    }
}
