package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.program.Exit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Which exit codes a command can give, and what they mean: what every command's help lists. */
final class ExitCodes {
    private static final Map<Integer, String> MEANINGS = new TreeMap<>(Map.of(
            Exit.OK, "done",
            Exit.SOME_FAILED, "done, but some entries failed, are blocked or differ",
            Exit.USAGE, "the command line is wrong",
            Exit.DATA, "a file's content is wrong",
            Exit.NOT_FOUND, "a file or an entry does not exist",
            Exit.UNAVAILABLE, "a table or queue cannot be reached, or credentials are missing: try again",
            Exit.INTERNAL, "a fault of this program",
            Exit.OUTPUT, "the output could not be written, for instance to a full disk",
            Exit.CONFIG, "the configuration is wrong, or a table has another form",
            Exit.CLOSED_PIPE, "whoever read the output has gone"));

    /** What 1 means; the others never give it. */
    private static final Map<String, String> FINDINGS = Map.of(
            "once", "done, but passes failed or pairs are blocked",
            "sync", "done, but passes failed or pairs are blocked",
            "status", "done; a pair is blocked",
            "plan", "done, but passes failed",
            "apply", "done, but somebody else has a row",
            "diff", "done; the table differs from the files",
            "doctor", "done; a check failed");

    private static final Set<String> WITHOUT_CONFIGURATION = Set.of("validate", "completion", "help");
    private static final Set<String> WITHOUT_TABLES = Set.of("validate", "completion", "help", "config", "doctor");
    private static final Set<String> WITHOUT_FILES = Set.of("completion", "help");
    private static final Set<String> OF_POLICIES = Set.of("validate", "apply", "diff");

    private ExitCodes() {}

    /** The codes of a command by its name, with their meanings. */
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

    /** Writes them into the help of the program, all of them, and of its commands. */
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
