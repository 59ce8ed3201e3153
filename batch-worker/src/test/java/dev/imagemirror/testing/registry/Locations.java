package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Request;

/** Builds {@code Location} headers, absolute or relative as the registry is told. */
final class Locations {
    private final Traits traits;
    private final String scheme;

    Locations(Traits traits, String scheme) {
        this.traits = traits;
        this.scheme = scheme;
    }

    String manifest(Request request, String repository, String digest) {
        return location(request, "/v2/" + repository + "/manifests/" + digest);
    }

    String blob(Request request, String repository, String digest) {
        return location(request, "/v2/" + repository + "/blobs/" + digest);
    }

    String upload(Request request, Upload upload) {
        String path = "/v2/" + upload.repository() + "/blobs/uploads/" + upload.id();
        String query = traits.has(Trait.UPLOAD_LOCATIONS_WITHOUT_QUERY)
                ? ""
                : "?_state=" + upload.content().length() + "-opaque%3D";
        return location(request, path + query);
    }

    private String location(Request request, String pathAndQuery) {
        String host = request.headers().first("Host").orElse("");
        boolean relative = traits.has(Trait.RELATIVE_LOCATIONS) || host.isEmpty();
        return relative ? pathAndQuery : scheme + "://" + host + pathAndQuery;
    }
}
