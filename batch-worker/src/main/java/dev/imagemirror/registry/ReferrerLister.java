package dev.imagemirror.registry;

import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.InvalidManifestException;
import dev.imagemirror.image.ManifestParser;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists referrers: every page of the API, or the index under the fallback tag where there is no API. */
final class ReferrerLister {
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
        ReferrersGet.Page page = client.call(
                repository,
                address -> new ReferrersGet(
                        repository, address.resolve("/v2/" + repository.path() + "/referrers/" + subject)));
        if (!page.supported()) {
            return fallback(subject);
        }
        List<Descriptor> referrers = new ArrayList<>(page.referrers());
        checkCount(subject, referrers);
        Set<URI> seen = new HashSet<>();
        for (int pages = 1; page.next() != null; pages++) {
            URI next = page.next();
            checkEnd(subject, pages, seen.add(next));
            page = client.call(repository, address -> new ReferrersGet(repository, next));
            referrers.addAll(page.referrers());
            checkCount(subject, referrers);
        }
        return referrers;
    }

    private List<Descriptor> fallback(Digest subject) throws RegistryException {
        try {
            ManifestContent index = client.manifest(repository, fallbackTag(subject));
            List<Descriptor> referrers =
                    ManifestParser.parse(index.bytes(), index.contentType()).manifests();
            checkCount(subject, referrers);
            return referrers;
        } catch (RegistryException e) {
            if (e.kind() == ErrorKind.NOT_FOUND) {
                return List.of();
            }
            throw e;
        } catch (InvalidManifestException e) {
            throw new RegistryException(
                    ErrorKind.INVALID_IMAGE,
                    repository + ":" + fallbackTag(subject) + " should list referrers but " + e.getMessage(),
                    e);
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
