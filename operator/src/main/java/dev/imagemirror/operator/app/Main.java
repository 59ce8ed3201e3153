package dev.imagemirror.operator.app;

import picocli.CommandLine;

/** Entry point of the {@code mirror-operator} command; the exit code is the command's. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new MirrorOperatorCommand()).execute(args));
    }
}
