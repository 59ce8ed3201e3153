package dev.imagemirror.worker.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.text.Span;
import dev.imagemirror.thread.DaemonThreads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code docker-credential-NAME get}: the registry on standard input, JSON on standard output (docker's
 * "Credential helper protocol"). Results are kept for the life of the process, and concurrent calls of one helper for
 * one registry are serialized. Thread-safe.
 */
final class CredentialHelper {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;

    private final Map<String, String> environment;
    private final Map<String, Optional<Credential>> answers = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();

    /** @param environment the helpers' environment; they are looked up in its {@code PATH} */
    CredentialHelper(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** A helper's credential for a registry; empty if it has none. */
    Optional<Credential> get(String name, String server) throws RegistryException {
        String key = name + " " + server;
        // a helper may prompt the user, and some cannot run twice at the same time
        synchronized (locks.computeIfAbsent(key, unknown -> new Object())) {
            Optional<Credential> known = answers.get(key);
            if (known == null) {
                known = ask(name, server);
                answers.put(key, known);
            }
            return known;
        }
    }

    private Optional<Credential> ask(String name, String server) throws RegistryException {
        if (!name.matches("[A-Za-z0-9._-]+")) {
            throw failed(name, server, "invalid helper name", null);
        }
        try {
            return run(name, server);
        } catch (RegistryException e) {
            throw e;
        } catch (IOException e) {
            throw failed(name, server, "cannot run it; install it or add it to the PATH", e);
        }
    }

    private Optional<Credential> run(String name, String server) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(executable(name), "get").redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        FutureTask<byte[]> output = reading(process);
        try (OutputStream in = process.getOutputStream()) {
            in.write(server.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it did not read its input; its output and exit code count
        }
        byte[] answer = await(process, output, name, server);
        if (process.exitValue() != 0) {
            String words = new String(answer, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            if (words.contains("credentials not found")) {
                return Optional.empty();
            }
            throw failed(name, server, "it exited with code " + process.exitValue(), null);
        }
        return Optional.of(credential(name, server, answer));
    }

    /** Reads the output while the helper runs; unlike a file, a pipe leaves no secret behind. */
    private static FutureTask<byte[]> reading(Process process) {
        FutureTask<byte[]> output = new FutureTask<>(() -> {
            try (InputStream answer = process.getInputStream()) {
                return answer.readNBytes(MAX_ANSWER_BYTES);
            }
        });
        new DaemonThreads("credential-helper").newThread(output).start();
        return output;
    }

    private String executable(String name) {
        String file = "docker-credential-" + name;
        for (String directory : environment.getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, file);
            if (Files.isExecutable(candidate)) {
                return candidate.toString();
            }
        }
        return file;
    }

    private static byte[] await(Process process, FutureTask<byte[]> output, String name, String server)
            throws RegistryException {
        try {
            byte[] answer = output.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                return answer;
            }
            throw failed(name, server, "it did not exit", null);
        } catch (TimeoutException e) {
            throw failed(name, server, "it did not respond within " + Span.of(TIMEOUT), null);
        } catch (ExecutionException e) {
            throw failed(name, server, "its output cannot be read", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(ErrorKind.TEMPORARY, "interrupted while a credential helper was running", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Credential credential(String name, String server, byte[] answer) throws RegistryException {
        try {
            JsonNode json = new ObjectMapper().readTree(answer);
            if (json.path("Username").isTextual() && json.path("Secret").isTextual()) {
                String user = json.get("Username").asText();
                String secret = json.get("Secret").asText();
                return user.equals("<token>")
                        ? new Credential.IdentityToken(secret)
                        : new Credential.Basic(user, secret);
            }
        } catch (IOException e) {
            // reported below, without its output: that may be the secret
        }
        throw failed(name, server, "its output has no Username and Secret", null);
    }

    private static RegistryException failed(String name, String server, String fault, @Nullable IOException cause) {
        return new RegistryException(
                ErrorKind.ACCESS_DENIED,
                "credential helper docker-credential-" + name + " for " + server + " failed: " + fault,
                cause);
    }
}
