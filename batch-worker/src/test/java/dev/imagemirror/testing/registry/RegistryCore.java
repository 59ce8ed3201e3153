package dev.imagemirror.testing.registry;

import dev.imagemirror.testing.http.Handler;
import dev.imagemirror.testing.http.Request;
import dev.imagemirror.testing.http.Response;
import java.io.IOException;
import java.util.Optional;

/** Routes requests to the endpoints, after authentication and the registry's general refusals. */
public final class RegistryCore implements Handler {
    private final ContentStore store = new ContentStore();
    private final Traits traits;
    private final Access access;
    private final RateLimit rateLimit;
    private final Manifests manifests;
    private final Blobs blobs;
    private final Uploads uploads;
    private final Tags tags;
    private final Referrers referrers;
    private final Encodings encodings;

    /**
     * Builds an empty registry.
     *
     * @param scheme of the URLs in answers, http or https
     */
    public RegistryCore(RegistryOptions options, String scheme) {
        traits = new Traits(options.traits);
        access = new Access(options, scheme);
        rateLimit = options.rateLimit;
        Locations locations = new Locations(traits, scheme);
        manifests = new Manifests(store, traits, new ManifestPush(store, traits, locations));
        blobs = new Blobs(store, traits);
        uploads = new Uploads(store, traits, locations);
        tags = new Tags(store, traits, new Paging(options.tagPage));
        encodings = new Encodings(traits);
        referrers = new Referrers(store, traits, new Paging(options.referrerPage));
    }

    /** The content, past all protocol. */
    public DirectContent content() {
        return new DirectContent(store);
    }

    /** The authentication. */
    public Access access() {
        return access;
    }

    /** Switches a trait while the registry runs. */
    public void set(Trait trait, boolean on) {
        traits.set(trait, on);
    }

    /** Gives the rate limit's pulls back. */
    public void resetRateLimit() {
        if (rateLimit != null) {
            rateLimit.reset();
        }
    }

    @Override
    public Response handle(Request request) throws IOException {
        if (access.isTokenRequest(request)) {
            return encodings.of(request, access.token(request));
        }
        Optional<Route> route = Route.of(request.path());
        if (route.isEmpty()) {
            return Response.text(404, "text/plain; charset=utf-8", "404 page not found\n");
        }
        Optional<Response> refusal = refuse(request, route.get());
        Response answer = refusal.isPresent() ? refusal.get() : dispatch(request, route.get());
        return encodings.of(request, answer).with("Docker-Distribution-Api-Version", "registry/2.0");
    }

    private Optional<Response> refuse(Request request, Route route) {
        Optional<Response> refusal = access.refuse(request, route);
        if (refusal.isPresent()) {
            return refusal;
        }
        String repository = route.repository();
        boolean unknown = !repository.isEmpty() && store.find(repository).isEmpty();
        if (unknown && traits.has(Trait.REPOSITORIES_MUST_EXIST)) {
            return Optional.of(OciErrors.nameUnknown(repository));
        }
        boolean write = !request.method().equals("GET") && !request.method().equals("HEAD");
        if (unknown && !write && traits.has(Trait.UNKNOWN_REPOSITORIES_UNAUTHORIZED)) {
            return Optional.of(
                    OciErrors.error(401, "UNAUTHORIZED", "access to the requested resource is not authorized"));
        }
        if (unknown && !write && traits.has(Trait.UNKNOWN_REPOSITORIES_DENIED)) {
            return Optional.of(denied());
        }
        if (request.method().equals("HEAD") && traits.has(Trait.NO_HEAD)) {
            return Optional.of(OciErrors.unsupported());
        }
        if (write && traits.has(Trait.READ_ONLY)) {
            return Optional.of(OciErrors.unsupported());
        }
        return write && traits.has(Trait.WRITES_DENIED) ? Optional.of(denied()) : Optional.empty();
    }

    private static Response denied() {
        return OciErrors.error(403, "DENIED", "requested access to the resource is denied");
    }

    private Response dispatch(Request request, Route route) throws IOException {
        return switch (route.endpoint()) {
            case PING -> Response.text(200, "application/json; charset=utf-8", "{}");
            case CATALOG -> tags.catalog(request);
            case TAGS -> tags.tags(request, route);
            case REFERRERS -> referrers.answer(request, route);
            case BLOB -> blobs.answer(request, route);
            case UPLOAD -> uploads.answer(request, route);
            case MANIFEST -> limitedManifest(request, route);
        };
    }

    private Response limitedManifest(Request request, Route route) throws IOException {
        if (rateLimit == null) {
            return manifests.answer(request, route);
        }
        return rateLimit.exceeded(request) ? rateLimit.tooMany() : rateLimit.describe(manifests.answer(request, route));
    }
}
