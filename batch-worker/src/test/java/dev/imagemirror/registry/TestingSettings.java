package dev.imagemirror.registry;

import dev.imagemirror.registry.http.AddressRule;
import dev.imagemirror.registry.http.RegistrySettings;
import java.util.Set;

/** Settings for registries of tests, which are all on this machine. */
public final class TestingSettings {
    /** The names by which tests ask this machine. */
    public static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private TestingSettings() {}

    /** The standard ones, which this machine may be asked under. */
    public static RegistrySettings onLoopback() {
        return RegistrySettings.standard().under(AddressRule.STANDARD.withLoopback(THIS_MACHINE));
    }
}
