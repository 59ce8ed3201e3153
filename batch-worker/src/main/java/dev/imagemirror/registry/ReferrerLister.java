package dev.imagemirror.registry;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.ManifestParser;
import dev.imagemirror.registry.endpoint.ReferrersGet;
import dev.imagemirror.registry.http.RegistryEndpoint;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.ManifestContent;
import dev.imagemirror.registry.model.RegistryAddress;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists referrers: every page of the API, or the index under the fallback tag where there is no API. Some registries
 * answer either with the image itself (oras-project/oras-go #1396), which is no list; what a list names may still be no
 * referrer.
 */
final class ReferrerLister {
    private static final Logger LOG = LoggerFactory.getLogger(ReferrerLister.class);

    /** More pages than this are a loop rather than a list. */
    private static final int MAX_PAGES = 100;

    /** Bound of what is held in memory; a signature a day for a quarter of a century. */
    private static final int MAX_REFERRERS = 10_000;

    private final RegistryClient client;
    private final Repository repository;

    ReferrerLister(RegistryClient client, Repository repository) {
        this.client = client;
        this.repository = repository;
    }

    List<Descriptor> list(Digest subject) throws RegistryException {
        ReferrersGet.Page page;
        try {
            page = first(subject);
        } catch (RegistryException e) {
            if (e.status() != 500) {
                throw e;
            }
            // some do so where they have no such API; if there is no list by tag either, it may be a passing fault
            List<Descriptor> listed = fallback(subject);
            if (listed.isEmpty()) {
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

    /** A registry that refuses has no such API; what was answered elsewhere, or not to the end, does not say so. */
    private ReferrersGet.Page page(Function<RegistryAddress, RegistryEndpoint<ReferrersGet.Page>> endpoint)
            throws RegistryException {
        try {
            return client.call(repository, endpoint);
        } catch (RegistryException e) {
            if (e.isOwnRefusal()) {
                return new ReferrersGet.Page(false, List.of(), null);
            }
            throw e;
        }
    }

    private List<Descriptor> all(Digest subject, ReferrersGet.Page first) throws RegistryException {
        ReferrersGet.Page page = first;
        List<Descriptor> referrers = new ArrayList<>(page.referrers());
        checkCount(subject, referrers);
        Set<URI> seen = new HashSet<>();
        for (int pages = 1; page.next() != null; pages++) {
            URI next = page.next();
            checkEnd(subject, pages, seen.add(next));
            page = page(address -> new ReferrersGet(repository, next, subject));
            if (!page.supported()) { // the first page was: half a list is worse than none
                throw new RegistryException(
                        ErrorKind.TEMPORARY,
                        "the list of referrers of " + repository + "@" + subject + " is incomplete: page " + (pages + 1)
                                + " is not to be had");
            }
            referrers.addAll(page.referrers());
            checkCount(subject, referrers);
        }
        return referrers;
    }

    private List<Descriptor> fallback(Digest subject) throws RegistryException {
        try {
            ManifestContent index = client.manifest(repository, fallbackTag(subject));
            if (subject.matches(index.bytes())) {
                return List.of();
            }
            // an image manifest lists nothing
            List<Descriptor> referrers =
                    ManifestParser.parse(index.bytes(), index.contentType()).manifests();
            checkCount(subject, referrers);
            return referrers;
        } catch (RegistryException e) {
            if (e.kind() == ErrorKind.NOT_FOUND || e.isNameRefused()) {
                return List.of();
            }
            throw e;
        } catch (InvalidManifestException e) {
            LOG.debug("{}:{} is no list of referrers: {}", repository, fallbackTag(subject), e.getMessage());
            return List.of();
        }
    }

    private void checkCount(Digest subject, List<Descriptor> referrers) throws RegistryException {
        if (referrers.size() > MAX_REFERRERS) {
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
                            + ", so that it does not end");
        }
    }

    /** The tag that stands for the referrers API (OCI distribution specification, "Referrers Tag Schema"). */
    static String fallbackTag(Digest subject) {
        return subject.algorithm() + "-" + subject.hex();
    }
}
