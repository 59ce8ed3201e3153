package dev.imagemirror.operator.local;

import dev.imagemirror.copy.CopySettings;
import dev.imagemirror.copy.RegistryMirrors;
import dev.imagemirror.registry.RegistryClient;
import java.util.function.Supplier;

/**
 * Dependencies of local copies.
 *
 * @param clients opens a client per job, which closes it: only closing it aborts requests to a silent registry
 * @param mirrors alternative locations of sources
 * @param settings time and memory limits of each copy
 */
public record LocalCopier(Supplier<RegistryClient> clients, RegistryMirrors mirrors, CopySettings settings) {}
