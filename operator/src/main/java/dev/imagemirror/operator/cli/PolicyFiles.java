package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.policy.Overlaps;
import dev.imagemirror.operator.policy.Policy;
import dev.imagemirror.operator.policy.PolicyException;
import dev.imagemirror.operator.policy.PolicyReader;
import dev.imagemirror.operator.program.CommandFailure;
import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.operator.text.Amounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** The {@code -f} option, and the policies in its files. */
final class PolicyFiles {
    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            required = true,
            arity = "1..*",
            description = "MirrorPolicy YAML files, each with one or more documents; - for standard input.")
    List<Path> files = List.of();

    /**
     * All policies.
     *
     * @throws CommandFailure with every error of every file
     */
    List<Policy> read() {
        List<Policy> policies = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        CommandFailure unreadable = null;
        for (Path file : files) {
            try {
                List<Policy> read = PolicyReader.read(text(file));
                policies.addAll(read);
                read.forEach(policy -> NeverAllowed.in(policy).forEach(error -> errors.add(file + ": " + error)));
            } catch (PolicyException e) {
                e.errors().forEach(error -> errors.add(file + ": " + error));
            } catch (CommandFailure e) {
                unreadable = e;
                errors.add(e.getMessage());
            }
        }
        if (files.size() > 1) {
            errors.addAll(betweenFiles(policies));
        }
        if (unreadable != null && errors.size() == 1) {
            throw unreadable;
        }
        if (!errors.isEmpty()) {
            throw new CommandFailure(
                    Exit.DATA, Amounts.count(errors.size(), "error", "errors") + ":", errors.toArray(String[]::new));
        }
        return policies;
    }

    private static List<String> betweenFiles(List<Policy> policies) {
        List<String> errors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> twice = new TreeSet<>();
        policies.stream().map(Policy::name).filter(name -> !names.add(name)).forEach(twice::add);
        twice.forEach(
                name -> errors.add("policy '" + name + "' appears in several files; policy names must be unique"));
        errors.addAll(Overlaps.of(policies));
        return errors;
    }

    private static String text(Path file) {
        if (!file.toString().equals("-")) {
            return OperatorCommand.read(file);
        }
        try {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandFailure(Exit.NOT_FOUND, "cannot read standard input: " + e.getMessage());
        }
    }
}
