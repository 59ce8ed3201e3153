package dev.imagemirror.worker;

import dev.imagemirror.copy.CopyRequest;
import dev.imagemirror.copy.RegistryMirrors;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.http.AddressRule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which addresses a copy may connect to. A user who types the name of this machine means it. The command line of a
 * Batch job comes from a table instead: there, and wherever {@value #LOOPBACK} is set, only the hosts it lists count.
 */
final class ReachableAddresses {
    private static final String LOOPBACK = "MIRROR_LOOPBACK_REGISTRIES";
    private static final String PRIVATE = "MIRROR_PRIVATE_ADDRESSES";
    private static final String NONE = "none";

    /** Set in every job's container (AWS Batch User Guide, "AWS Batch job environment variables"). */
    private static final String BATCH_JOB = "AWS_BATCH_JOB_ID";

    private ReachableAddresses() {}

    /** @throws UsageException naming the variable at fault */
    static AddressRule rule(CopyRequest request, RegistryMirrors mirrors, Environment environment) {
        AddressRule.Settings names = new AddressRule.Settings(LOOPBACK, PRIVATE);
        boolean isPrivateAllowed = !environment.has(PRIVATE) || environment.flag(PRIVATE);
        boolean isListed = environment.has(LOOPBACK) || environment.has(BATCH_JOB);
        Set<String> loopback = isListed ? listed(environment.list(LOOPBACK)) : named(request, mirrors);
        return new AddressRule(loopback, isPrivateAllowed, names);
    }

    private static Set<String> listed(List<String> hosts) {
        Set<String> listed = new LinkedHashSet<>();
        for (String host : hosts) {
            if (!host.equals(NONE)) {
                listed.add(WorkerSettings.registry(LOOPBACK, host));
            }
        }
        return listed;
    }

    /** On every port: a registry's token endpoint may use another one. */
    private static Set<String> named(CopyRequest request, RegistryMirrors mirrors) {
        Set<String> named = new LinkedHashSet<>();
        Stream.concat(
                        Stream.of(request.source().registry()),
                        Stream.concat(
                                mirrors.mirrors().getOrDefault(request.source().registry(), List.of()).stream(),
                                request.destinations().stream().map(ImageReference::registry)))
                .map(place -> place.replaceFirst("/.*$", "").replaceFirst(":[0-9]+$", ""))
                .map(host -> host.toLowerCase(Locale.ROOT))
                .filter(AddressRule::isLoopbackName)
                .forEach(named::add);
        return named;
    }
}
