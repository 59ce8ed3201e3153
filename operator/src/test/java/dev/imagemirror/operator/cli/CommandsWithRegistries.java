package dev.imagemirror.operator.cli;

import dev.imagemirror.testing.TestingRegistry;
import org.junit.jupiter.api.AutoClose;

/** Base of tests of the command that copy from one registry to another; each test has its own of everything. */
abstract class CommandsWithRegistries {
    @AutoClose
    final TestingCommands commands = new TestingCommands();

    /** Has the sources. */
    @AutoClose
    final TestingRegistry from = TestingRegistry.start();

    /** Takes the copies. */
    @AutoClose
    final TestingRegistry to = TestingRegistry.start();
}
