package dev.imagemirror.registry;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists a repository's tags, every page. */
final class TagLister {
    /** What ECR allows at most, and others cut to what they allow (OCI distribution specification, "Listing Tags"). */
    private static final int PAGE = 1000;

    /** More pages than this are a loop rather than a list. */
    private static final int MAX_PAGES = 5000;

    private static final int MAX_TAGS = 500_000;

    private final RegistryClient client;
    private final Repository repository;

    TagLister(RegistryClient client, Repository repository) {
        this.client = client;
        this.repository = repository;
    }

    List<String> list() throws RegistryException {
        TagsGet.Page page = client.call(
                repository,
                address ->
                        new TagsGet(repository, address.resolve("/v2/" + repository.path() + "/tags/list?n=" + PAGE)));
        Set<String> tags = new LinkedHashSet<>(page.tags());
        for (int pages = 1; page.next() != null; pages++) {
            if (pages >= MAX_PAGES || tags.size() > MAX_TAGS) {
                throw new RegistryException(
                        ErrorKind.REFUSED, "the list of tags of " + repository + " does not end; delete old tags");
            }
            URI next = page.next();
            page = client.call(repository, address -> new TagsGet(repository, next));
            tags.addAll(page.tags());
        }
        return List.copyOf(tags);
    }
}
