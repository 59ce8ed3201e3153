package dev.imagemirror.operator.demo;

import dev.imagemirror.operator.app.Main;
import java.io.IOException;

/** {@code mirror-operator} as a child that ends with its parent, however that ends: its standard input closes then. */
public final class GuardedOperator {
    private GuardedOperator() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        Thread guard = new Thread(GuardedOperator::endWithTheParent, "guard");
        guard.setDaemon(true);
        guard.start();
        Main.main(arguments);
    }

    private static void endWithTheParent() {
        try {
            while (System.in.read() >= 0) {
                // the parent says nothing
            }
        } catch (IOException e) {
            // as good as an end
        }
        System.exit(143);
    }
}
