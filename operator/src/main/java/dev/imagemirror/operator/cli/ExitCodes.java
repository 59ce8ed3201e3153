package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.program.Exit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Exit codes of each command and their meanings, as listed in its help. */
final class ExitCodes {
    private static final Map<Integer, String> MEANINGS = new TreeMap<>(Map.of(
            Exit.OK, "done",
            Exit.SOME_FAILED, "done, but some entries failed, are blocked or differ",
            Exit.USAGE, "invalid command line",
            Exit.DATA, "invalid file content",
            Exit.NOT_FOUND, "file or entry not found",
            Exit.UNAVAILABLE, "a table or queue is unreachable, or credentials are missing: fix or retry",
            Exit.INTERNAL, "internal error",
            Exit.OUTPUT, "cannot write the output, e.g. because the disk is full",
            Exit.CONFIG, "invalid configuration, or a table with the wrong key or no stream",
            Exit.CLOSED_PIPE, "the reader of the output closed the pipe"));

    /** Meaning of exit code 1; other commands never return it. */
    private static final Map<String, String> FINDINGS = Map.of(
            "once", "done, but some entries failed or pairs are blocked",
            "sync", "done, but some entries failed or pairs are blocked",
            "status", "done; a pair is blocked",
            "plan", "done, but some entries failed or are invalid, or pairs are blocked",
            "apply", "done, but some rows are managed by someone else",
            "diff", "done; the table differs from the files",
            "doctor", "done; a check failed");

    private static final Set<String> WITHOUT_CONFIGURATION = Set.of("validate", "completion", "help");
    private static final Set<String> WITHOUT_TABLES = Set.of("validate", "completion", "help", "config", "doctor");
    private static final Set<String> WITHOUT_FILES = Set.of("completion", "help");
    private static final Set<String> OF_POLICIES = Set.of("validate", "apply", "diff");

    private ExitCodes() {}

    /** The codes of a command, by its name, with their meanings. */
    static Map<Integer, String> of(String command) {
        Map<Integer, String> codes = new TreeMap<>(MEANINGS);
        codes.remove(Exit.SOME_FAILED);
        if (FINDINGS.containsKey(command)) {
            codes.put(Exit.SOME_FAILED, FINDINGS.get(command));
        }
        remove(codes, Exit.DATA, !OF_POLICIES.contains(command));
        remove(codes, Exit.NOT_FOUND, WITHOUT_FILES.contains(command));
        remove(codes, Exit.UNAVAILABLE, WITHOUT_TABLES.contains(command));
        remove(codes, Exit.CONFIG, WITHOUT_CONFIGURATION.contains(command));
        if (command.equals("run")) {
            codes.keySet().removeAll(Set.of(Exit.OK, Exit.OUTPUT, Exit.CLOSED_PIPE));
            codes.put(Exit.INTERRUPTED, "stopped by Ctrl-C");
            codes.put(Exit.TERMINATED, "stopped by SIGTERM");
        }
        return codes;
    }

    private static void remove(Map<Integer, String> codes, int code, boolean isNever) {
        if (isNever) {
            codes.remove(code);
        }
    }

    /** Adds them to the help of the program (all of them) and of each command. */
    static void addTo(CommandLine program) {
        UsageMessageSpec whole = program.getCommandSpec().usageMessage();
        whole.exitCodeListHeading("%nExit codes:%n").exitCodeList(texts(MEANINGS));
        program.getSubcommands()
                .forEach((name, command) -> command.getCommandSpec()
                        .usageMessage()
                        .exitCodeListHeading(whole.exitCodeListHeading())
                        .exitCodeList(texts(of(name))));
    }

    private static Map<String, String> texts(Map<Integer, String> codes) {
        Map<String, String> texts = new LinkedHashMap<>();
        codes.forEach((code, meaning) -> texts.put(String.valueOf(code), meaning));
        return texts;
    }
}
