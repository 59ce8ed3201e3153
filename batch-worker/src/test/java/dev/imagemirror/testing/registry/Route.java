package dev.imagemirror.testing.registry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path of the distribution API means (OCI distribution specification, "Endpoints").
 *
 * @param repository empty for the endpoints above repositories
 * @param reference tag, digest or upload id; empty where the endpoint has none
 */
record Route(Endpoint endpoint, String repository, String reference) {
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern NAMED = Pattern.compile("/v2/(" + PART + "(?:/" + PART + ")*)/"
            + "(?:manifests/([^/]+)|blobs/uploads/([^/]*)|blobs/([^/]+)|(tags)/list|referrers/([^/]+))");
    private static final Endpoint[] BY_GROUP = {
        Endpoint.MANIFEST, Endpoint.UPLOAD, Endpoint.BLOB, Endpoint.TAGS, Endpoint.REFERRERS
    };

    enum Endpoint {
        PING,
        CATALOG,
        MANIFEST,
        UPLOAD,
        BLOB,
        TAGS,
        REFERRERS
    }

    static Optional<Route> of(String path) {
        if (path.equals("/v2/")) {
            return Optional.of(new Route(Endpoint.PING, "", ""));
        }
        if (path.equals("/v2/_catalog")) {
            return Optional.of(new Route(Endpoint.CATALOG, "", ""));
        }
        Matcher named = NAMED.matcher(path);
        return named.matches() ? Optional.of(of(named)) : Optional.empty();
    }

    private static Route of(Matcher named) {
        int group = 2;
        while (named.group(group) == null) {
            group++;
        }
        return new Route(BY_GROUP[group - 2], named.group(1), named.group(group));
    }
}
