package dev.imagemirror.registry;

import dev.imagemirror.registry.endpoint.NextLink;
import dev.imagemirror.registry.endpoint.TagsGet;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.TagList;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** Lists a repository's tags, all pages. */
final class TagLister {
    /** ECR's maximum; others cap it at theirs (OCI distribution specification, "Listing Tags"). */
    private static final int PAGE = 1000;

    /** More pages than this mean a loop. */
    private static final int MAX_PAGES = 5000;

    private static final int MAX_TAGS = 500_000;

    private final RegistryCaller caller;
    private final Repository repository;

    TagLister(RegistryCaller caller, Repository repository) {
        this.caller = caller;
        this.repository = repository;
    }

    TagList list() throws RegistryException {
        TagsGet.Page page = caller.call(
                repository,
                address ->
                        new TagsGet(repository, address.resolve("/v2/" + repository.path() + "/tags/list?n=" + PAGE)));
        TagList.Builder tags = new TagList.Builder();
        tags.addAll(page.tags());
        Set<URI> seen = new HashSet<>();
        for (int pages = 2; page.next() instanceof NextLink.Page next; pages++) {
            if (pages > MAX_PAGES || tags.size() > MAX_TAGS) {
                throw incomplete(
                        "it has more than " + (pages - 1) + " pages or " + MAX_TAGS + " tags; delete old tags");
            }
            if (!seen.add(next.uri())) {
                throw incomplete("page " + pages + " was read before, so the list does not end");
            }
            page = next(next.uri(), pages);
            boolean isNew = tags.addAll(page.tags()) || page.tags().tags().isEmpty();
            if (!isNew && page.next() instanceof NextLink.Page) {
                throw incomplete("page " + pages + " repeats tags of earlier pages, so the list does not end");
            }
        }
        return tags.build();
    }

    private TagsGet.Page next(URI next, int number) throws RegistryException {
        try {
            return caller.call(repository, address -> new TagsGet(repository, next));
        } catch (RegistryException e) {
            // the repository existed a page ago, so its absence is not credible
            RegistryException known = e.kind() == ErrorKind.NOT_FOUND ? e.as(ErrorKind.TEMPORARY) : e;
            throw known.saying(subject() + " is incomplete: page " + number + ": " + e.getMessage())
                    .asBrokenList();
        }
    }

    private RegistryException incomplete(String fault) {
        return new RegistryException(ErrorKind.REFUSED, subject() + " is incomplete: " + fault).asBrokenList();
    }

    private String subject() {
        return "the list of tags of " + repository;
    }
}
