package dev.imagemirror.operator.doctor;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.domain.entry.EntryParser;
import dev.imagemirror.operator.domain.entry.MirrorEntry;
import dev.imagemirror.operator.domain.entry.ParsedEntry;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.CredentialProvider;
import dev.imagemirror.registry.model.RegistryException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Checks that each registry in the mirror table responds to a query with the credentials the operator would use. */
public final class RegistryChecks {
    private static final String SUBJECT = "registries";
    private static final String LOG_IN = "log in (docker login), grant the user or role access, or point to another "
            + "configuration with REGISTRY_AUTH_FILE, DOCKER_CONFIG or CONTAINER_AUTH_PARAMETER";

    private static final String NOT_ALLOWED =
            "correct its rows or, if this is intended, list the host in registries.loopback or set "
                    + "registries.privateAddresses to true; link-local and metadata addresses are never allowed";

    private final Ports ports;
    private final CredentialProvider credentials;

    public RegistryChecks(Ports ports, CredentialProvider credentials) {
        this.ports = ports;
        this.credentials = credentials;
    }

    public void run(Checks checks) {
        Map<String, ImageReference> examples = new TreeMap<>();
        checks.run(SUBJECT, "fix the mirror table first; it lists the registries", () -> {
            examples.putAll(examples());
            return List.of(Finding.good(SUBJECT, "the mirror table refers to " + examples.size()));
        });
        examples.forEach((registry, example) -> {
            String subject = "registry " + registry;
            checks.run(subject, "check its name, the network and the proxy", () -> List.of(ask(subject, example)));
        });
    }

    /** One image of each registry, sources preferred, since they should exist. */
    private Map<String, ImageReference> examples() {
        Collection<MirrorRow> rows = new ConcurrentLinkedQueue<>();
        ports.mirrors().scan(rows::add);
        List<MirrorEntry> entries = rows.stream()
                .map(EntryParser::parse)
                .filter(ParsedEntry.Valid.class::isInstance)
                .map(valid -> ((ParsedEntry.Valid) valid).entry())
                .sorted(Comparator.comparing(MirrorEntry::key))
                .toList();
        Map<String, ImageReference> examples = new TreeMap<>();
        entries.forEach(entry -> examples.putIfAbsent(entry.source().registry(), entry.source()));
        entries.forEach(entry -> entry.destinations()
                .forEach(destination -> examples.putIfAbsent(destination.registry(), tagged(destination, entry))));
        return examples;
    }

    /** A destination without a tag uses its source's, unless that is a tag selection. */
    private static ImageReference tagged(ImageReference destination, MirrorEntry entry) {
        String tag = entry.source().tag();
        return destination.tag() != null || tag == null ? destination : destination.withTag(tag);
    }

    private Finding ask(String subject, ImageReference example) {
        String who;
        try {
            who = words(credentials.find(example.registry(), example.repository()));
        } catch (RegistryException e) {
            return Finding.bad(subject, "cannot get its credentials: " + e.getMessage(), LOG_IN);
        }
        ImageReference question = example.withDefaultTag();
        Resolution answer = ports.registries()
                .resolve(List.of(question), DigestResolver.Freshness.FRESH)
                .get(question);
        String asked = "queried " + example + " " + who;
        if (answer instanceof Resolution.NotAllowed forbidden) {
            return Finding.bad(subject, "not allowed: " + forbidden.message(), NOT_ALLOWED);
        }
        if (answer instanceof Resolution.Denied denied) {
            return Finding.bad(subject, asked + ": " + denied.message(), LOG_IN);
        }
        if (answer instanceof Resolution.Unavailable unavailable) {
            String fix = unavailable.throttled()
                    ? "wait, or log in: authenticated users have higher limits"
                    : "check its name, the network, the proxy and registries.caFiles";
            return Finding.bad(subject, asked + ": " + unavailable.message(), fix);
        }
        return Finding.good(subject, "reachable; " + asked);
    }

    /** The identity used for the query; never a secret. */
    private static String words(Optional<Credential> credential) {
        if (credential.isEmpty()) {
            return "anonymously";
        }
        return credential.get() instanceof Credential.Basic basic ? "as user " + basic.user() : "with a token";
    }
}
