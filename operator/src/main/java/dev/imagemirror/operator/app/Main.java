package dev.imagemirror.operator.app;

import java.security.SecureRandom;
import java.time.Clock;

/** Entry point of the {@code mirror-operator} command; the exit code is the command's. */
public final class Main {
    private Main() {}

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        Context context = new Context(System.getenv(), System.out, System.err, Clock.systemUTC(), new SecureRandom());
        System.exit(new MirrorOperator(context).run(arguments));
    }
}
