package dev.imagemirror.operator.app.health;

/**
 * Entry point of the containers' health check: exit code 0 if the operator is well, else 1. For container runtimes that run a
 * command, in images that need not have a shell.
 */
public final class Main {
    private Main() {}

    /** Asks, and exits. */
    public static void main(String[] arguments) {
        System.exit(HealthCheck.ask(System.getenv(), System.err));
    }
}
