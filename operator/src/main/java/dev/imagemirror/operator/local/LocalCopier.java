package dev.imagemirror.operator.local;

import dev.imagemirror.copy.CopySettings;
import dev.imagemirror.copy.RegistryMirrors;
import dev.imagemirror.registry.RegistryClient;
import java.util.function.Supplier;

/**
 * What copies are made with.
 *
 * @param clients opens a client for one job, which closes it: only that ends requests to a registry that went silent
 * @param mirrors where else sources may be read
 * @param settings time and memory of each copy
 */
public record LocalCopier(Supplier<RegistryClient> clients, RegistryMirrors mirrors, CopySettings settings) {}
