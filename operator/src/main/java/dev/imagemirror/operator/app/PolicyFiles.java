package dev.imagemirror.operator.app;

import dev.imagemirror.operator.policy.Policy;
import dev.imagemirror.operator.policy.PolicyException;
import dev.imagemirror.operator.policy.PolicyReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The {@code -f} option, and what stands in the files. */
final class PolicyFiles {
    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            required = true,
            arity = "1..*",
            description = "MirrorPolicy YAML, one or several documents a file; - for standard input.")
    List<Path> files;

    /**
     * All policies.
     *
     * @throws CommandFailure with every error of every file
     */
    List<Policy> read() {
        List<Policy> policies = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (Path file : files) {
            try {
                policies.addAll(PolicyReader.read(text(file)));
            } catch (PolicyException e) {
                e.errors().forEach(error -> errors.add(file + ": " + error));
            }
        }
        policies.stream()
                .map(Policy::name)
                .filter(name -> policies.stream()
                                .filter(policy -> policy.name().equals(name))
                                .count()
                        > 1)
                .distinct()
                .forEach(name -> errors.add("policy '" + name + "' stands in several files; a name belongs to one"));
        if (!errors.isEmpty()) {
            throw new CommandFailure(
                    Exit.DATA, Amounts.count(errors.size(), "error", "errors") + ":\n" + String.join("\n", errors));
        }
        return policies;
    }

    private static String text(Path file) {
        if (!file.toString().equals("-")) {
            return OperatorCommand.read(file);
        }
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(Exit.NOT_FOUND, "standard input cannot be read: " + e.getMessage());
        }
    }
}
