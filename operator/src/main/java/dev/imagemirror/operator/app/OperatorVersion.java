package dev.imagemirror.operator.app;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest; class files outside a jar have none. */
final class OperatorVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {"mirror-operator " + (version == null ? "(development build)" : version)};
    }
}
