package dev.imagemirror.worker.credentials;

import dev.imagemirror.image.EcrRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Roles to assume for ECR registries of other accounts, or of this one.
 *
 * @param byHost ARNs by the registries' plain host names
 */
public record EcrRoles(Map<String, String> byHost) {
    /** Every registry is accessed with the process's own credentials. */
    public static final EcrRoles NONE = new EcrRoles(Map.of());

    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:iam::[0-9]{12}:role/[\\w+=,.@/-]+");

    /** Copies the map. */
    public EcrRoles {
        byHost = Map.copyOf(byHost);
    }

    /**
     * Parses {@code HOST=ARN,HOST=ARN}.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static EcrRoles parse(String text) {
        return of(Stream.of(text.split(",", -1))
                .map(String::trim)
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    /**
     * Parses {@code HOST=ARN} entries.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static EcrRoles of(Collection<String> entries) {
        Map<String, String> roles = new LinkedHashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            String host = entry.substring(0, Math.max(0, equals));
            String arn = entry.substring(equals + 1);
            EcrRegistry registry = EcrRegistry.of(host)
                    .filter(known -> ARN.matcher(arn).matches())
                    .orElseThrow(() ->
                            new IllegalArgumentException("'" + entry + "' is invalid; expected ECR_HOST=ROLE_ARN"));
            if (roles.putIfAbsent(registry.plainHost(), arn) != null) {
                throw new IllegalArgumentException(registry.plainHost() + " has two roles");
            }
        }
        return new EcrRoles(roles);
    }

    /** The registry's role; empty if it has none. */
    public Optional<String> of(EcrRegistry registry) {
        return Optional.ofNullable(byHost.get(registry.plainHost()));
    }
}
