package dev.imagemirror.registry;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.ReferrerList;
import dev.imagemirror.image.ReferrersIndex;
import dev.imagemirror.registry.endpoint.ManifestGet;
import dev.imagemirror.registry.endpoint.NextLink;
import dev.imagemirror.registry.endpoint.ReferrersGet;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Lists referrers: every page of the API, or the index under the fallback tag if there is no API. Some registries
 * return the image itself instead (oras-project/oras-go #1396), which is not a list; listed manifests may still not be
 * referrers.
 */
final class ReferrerLister {
    /** More pages than this mean a loop. */
    private static final int MAX_PAGES = 100;

    /** Bounds the memory used; a signature a day for a quarter of a century. */
    private static final int MAX_REFERRERS = 10_000;

    private final RegistryCaller caller;
    private final Repository repository;

    ReferrerLister(RegistryCaller caller, Repository repository) {
        this.caller = caller;
        this.repository = repository;
    }

    ReferrerList list(Digest subject) throws RegistryException {
        ReferrersGet.Page page;
        try {
            page = first(subject);
        } catch (RegistryException e) {
            if (e.status() != 500) {
                throw e;
            }
            // some do this if they lack the API; without a list by tag either, it may be transient
            ReferrerList listed = fallback(subject);
            if (listed.referrers().isEmpty()) {
                throw e;
            }
            return listed;
        }
        return page.supported() ? all(subject, page) : fallback(subject);
    }

    private ReferrersGet.Page first(Digest subject) throws RegistryException {
        return page(address -> new ReferrersGet(
                repository, address.resolve("/v2/" + repository.path() + "/referrers/" + subject), subject));
    }

    /** A registry that refuses lacks the API; responses from elsewhere, or incomplete ones, do not mean that. */
    private ReferrersGet.Page page(Function<RegistryAddress, RegistryEndpoint<ReferrersGet.Page>> endpoint)
            throws RegistryException {
        try {
            return caller.call(repository, endpoint);
        } catch (RegistryException e) {
            if (e.isOwnRefusal()) {
                return ReferrersGet.Page.UNSUPPORTED;
            }
            throw e;
        }
    }

    private ReferrerList all(Digest subject, ReferrersGet.Page first) throws RegistryException {
        ReferrersGet.Page page = first;
        ReferrerList.Builder referrers = new ReferrerList.Builder();
        referrers.addAll(page.referrers());
        checkCount(subject, referrers.size());
        Set<URI> seen = new HashSet<>();
        for (int pages = 1; page.next() instanceof NextLink.Page next; pages++) {
            checkEnd(subject, pages, seen.add(next.uri()));
            page = page(address -> new ReferrersGet(repository, next.uri(), subject));
            if (!page.supported()) { // the first page was: a partial list would pass for the whole
                throw new RegistryException(
                                ErrorKind.TEMPORARY,
                                "the list of referrers of " + repository + "@" + subject + " is incomplete: page "
                                        + (pages + 1)
                                        + " is not supported; fix the registry, or copy without referrers")
                        .asBrokenList();
            }
            referrers.addAll(page.referrers());
            checkCount(subject, referrers.size());
        }
        return referrers.build();
    }

    private ReferrerList fallback(Digest subject) throws RegistryException {
        try {
            ManifestContent index =
                    caller.call(repository, address -> new ManifestGet(repository, address, fallbackTag(subject)));
            if (subject.matches(index.bytes())) {
                return ReferrerList.NONE;
            }
            ReferrerList referrers = ReferrersIndex.read(index.bytes(), index.contentType());
            checkCount(subject, referrers.referrers().size());
            return referrers;
        } catch (RegistryException e) {
            if (e.kind() == ErrorKind.NOT_FOUND || e.isNameRefused()) {
                return ReferrerList.NONE;
            }
            throw e;
        } catch (InvalidManifestException e) {
            throw new RegistryException(
                            ErrorKind.REFUSED,
                            "the list of referrers " + repository + ":" + fallbackTag(subject) + " cannot be read: "
                                    + e.getMessage() + "; remove that tag, or copy without referrers",
                            e)
                    .asBrokenList();
        }
    }

    private void checkCount(Digest subject, int referrers) throws RegistryException {
        if (referrers > MAX_REFERRERS) {
            throw new RegistryException(
                    ErrorKind.INVALID_IMAGE,
                    repository + "@" + subject + " has more than " + MAX_REFERRERS
                            + " referrers; remove those that are not needed, or copy without referrers");
        }
    }

    private void checkEnd(Digest subject, int pages, boolean isNew) throws RegistryException {
        if (!isNew || pages >= MAX_PAGES) {
            throw new RegistryException(
                            ErrorKind.REFUSED,
                            "the list of referrers of " + repository + "@" + subject + " is incomplete: "
                                    + (isNew ? "it has more than " + MAX_PAGES + " pages" : "a page was read before")
                                    + ", so it does not end")
                    .asBrokenList();
        }
    }

    /** The fallback tag for the referrers API (OCI distribution specification, "Referrers Tag Schema"). */
    static String fallbackTag(Digest subject) {
        return subject.algorithm() + "-" + subject.hex();
    }
}
