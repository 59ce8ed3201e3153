package dev.imagemirror.registry.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import dev.imagemirror.registry.model.TagList;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** {@code GET /v2/<name>/tags/list}: one page of a repository's tags. */
public final class TagsGet extends RepositoryEndpoint<TagsGet.Page> {
    /** Far more than a page of 1,000 tags, for registries that send all tags on one page. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * One page of the list.
     *
     * @param tags of this page
     * @param next where it continues
     */
    public record Page(TagList tags, NextLink next) {}

    public TagsGet(Repository repository, URI uri) {
        super(repository, Scope.pull(repository.path()), uri);
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        return new HttpGet(uri);
    }

    @Override
    public boolean accepts(int status) {
        return status == 200;
    }

    @Override
    public Page read(ClassicHttpResponse response) throws IOException {
        try (InputStream in = response.getEntity().getContent()) {
            byte[] body = in.readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw new RegistryException(ErrorKind.REFUSED, subject() + " sends pages of more than 16 MiB");
            }
            return new Page(tags(body), NextLink.of(this, response));
        } catch (JsonProcessingException e) {
            throw new RegistryException(ErrorKind.TEMPORARY, subject() + " is not JSON", e);
        }
    }

    @Override
    public boolean isUnverifiedDocument() {
        return true;
    }

    @Override
    public String subject() {
        return "the list of tags of " + repository();
    }

    /** Some registries send null as the {@code tags} of an empty repository. */
    private TagList tags(byte[] body) throws IOException {
        JsonNode root = MAPPER.readTree(body);
        JsonNode list = root.path("tags");
        if (!root.isObject() || !(list.isArray() || list.isNull())) {
            throw new RegistryException(ErrorKind.TEMPORARY, subject() + " has no field 'tags'");
        }
        TagList.Builder tags = new TagList.Builder();
        for (JsonNode name : list) {
            if (name.isTextual()) {
                tags.add(name.textValue());
            } else {
                tags.skip(name.toString());
            }
        }
        return tags.build();
    }
}
