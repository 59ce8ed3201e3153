package dev.imagemirror.operator.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Adds examples, in a uniform width, to every command's help. */
final class Examples {
    private static final Map<String, List<String>> BY_COMMAND = Map.ofEntries(
            Map.entry("run", List.of("run", "run --config operator.yaml")),
            Map.entry("once", List.of("once", "once team/app 1.17")),
            Map.entry("sync", List.of("sync docker.io/library/golang:1.17", "sync golang:1.17 quay.io/team/app:2")),
            Map.entry(
                    "status",
                    List.of(
                            "status",
                            "status --state Blocked",
                            "status golang:1.17 -o wide",
                            "status --watch --every 5s",
                            "status -o json")),
            Map.entry("explain", List.of("explain docker.io/library/golang:1.17")),
            Map.entry("plan", List.of("plan", "plan golang:1.17")),
            Map.entry("validate", List.of("validate -f mirrors.yaml", "validate -f -")),
            Map.entry("apply", List.of("apply -f mirrors.yaml", "apply -f base.yaml team.yaml")),
            Map.entry("diff", List.of("diff -f mirrors.yaml")),
            Map.entry("export", List.of("export")),
            Map.entry("config", List.of("config", "config --config operator.yaml")),
            Map.entry("doctor", List.of("doctor")),
            Map.entry("completion", List.of("completion")),
            Map.entry("help", List.of("help status")));
    private static final Map<String, List<String>> NOTES = Map.of(
            "export", List.of("  mirror-operator export > mirrors.yaml"),
            "completion", List.of("  source <(mirror-operator completion)"));

    private Examples() {}

    /** The examples of a command, by its name without the program's. */
    static List<String> of(String command) {
        return BY_COMMAND.getOrDefault(command, List.of());
    }

    /** Adds the examples to the help of every command. */
    static void addTo(CommandLine program) {
        UsageMessageSpec whole = program.getCommandSpec().usageMessage();
        program.getSubcommands().forEach((name, command) -> {
            UsageMessageSpec help = command.getCommandSpec().usageMessage();
            List<String> lines = NOTES.getOrDefault(
                    name,
                    of(name).stream().map(line -> "  mirror-operator " + line).toList());
            help.width(whole.width());
            help.footerHeading("%nExamples:%n");
            help.footer(lines.toArray(String[]::new));
        });
    }
}
