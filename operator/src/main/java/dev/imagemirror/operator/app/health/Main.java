package dev.imagemirror.operator.app.health;

/**
 * Entry point of the containers' health check: exit code 0 if the operator is healthy, else 1. For container runtimes
 * that run a command, in images without a shell.
 */
public final class Main {
    private Main() {}

    /** Runs the check and exits. */
    public static void main(String[] arguments) {
        System.exit(HealthCheck.ask(System.getenv(), System.err));
    }
}
