package dev.imagemirror.operator.cli;

import dev.imagemirror.operator.program.ProgramVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class OperatorVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {ProgramVersion.line()};
    }
}
