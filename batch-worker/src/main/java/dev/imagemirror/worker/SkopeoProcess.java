package dev.imagemirror.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Runs {@code skopeo copy}. Passes credentials in a file that only its owner can read, never on the command line. */
final class SkopeoProcess {
    private final RegistryClient client;
    private final CredentialProvider credentials;
    private final List<Path> caFiles;

    SkopeoProcess(RegistryClient client, CredentialProvider credentials, List<Path> caFiles) {
        this.client = client;
        this.credentials = credentials;
        this.caFiles = caFiles;
    }

    /**
     * Copies all platforms with unchanged digests.
     *
     * @throws RegistryException skopeo's error, typed as far as its message allows
     * @throws IOException if skopeo cannot be run
     */
    void copy(ImageReference source, ImageReference destination) throws IOException {
        Path directory = Files.createTempDirectory("mirror-skopeo");
        try {
            Path errors = directory.resolve("errors");
            Process process = new ProcessBuilder(command(source, destination, directory))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(errors.toFile())
                    .start();
            int exit = await(process);
            if (exit != 0) {
                throw SkopeoErrors.of(source, destination, Files.readString(errors, StandardCharsets.UTF_8));
            }
        } finally {
            delete(directory);
        }
    }

    private List<String> command(ImageReference source, ImageReference destination, Path directory) throws IOException {
        List<String> command = new ArrayList<>(List.of("skopeo", "copy", "--all", "--preserve-digests", "--quiet"));
        command.add("--authfile=" + authFile(directory, List.of(source, destination)));
        command.add("--src-tls-verify=" + !client.isPlainHttp(source.registry()));
        command.add("--dest-tls-verify=" + !client.isPlainHttp(destination.registry()));
        if (!caFiles.isEmpty()) {
            Path certificates = Files.createDirectory(directory.resolve("certs"));
            for (int i = 0; i < caFiles.size(); i++) {
                Files.copy(caFiles.get(i), certificates.resolve(i + ".crt"), StandardCopyOption.REPLACE_EXISTING);
            }
            command.add("--src-cert-dir=" + certificates);
            command.add("--dest-cert-dir=" + certificates);
        }
        command.add("docker://" + source);
        command.add("docker://" + destination);
        return command;
    }

    private Path authFile(Path directory, List<ImageReference> references) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode auths = mapper.createObjectNode();
        for (ImageReference reference : references) {
            Optional<Credential> credential = credentials.find(reference.registry(), reference.repository());
            ObjectNode entry = mapper.createObjectNode();
            if (credential.orElse(null) instanceof Credential.Basic basic) {
                byte[] pair = (basic.user() + ":" + basic.password()).getBytes(StandardCharsets.UTF_8);
                entry.put("auth", Base64.getEncoder().encodeToString(pair));
            } else if (credential.orElse(null) instanceof Credential.IdentityToken identity) {
                entry.put("identitytoken", identity.token());
            } else {
                continue;
            }
            auths.set(reference.name(), entry);
        }
        Path file = directory.resolve("auth.json"); // only the owner can access the directory
        Files.write(file, mapper.writeValueAsBytes(mapper.createObjectNode().set("auths", auths)));
        return file;
    }

    private static int await(Process process) throws RegistryException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new RegistryException(ErrorKind.TEMPORARY, "interrupted before the copy was complete", e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            List<Path> paths = new ArrayList<>(files.toList());
            for (int i = paths.size() - 1; i >= 0; i--) {
                Files.deleteIfExists(paths.get(i));
            }
        }
    }
}
