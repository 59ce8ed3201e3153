package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.Repository;
import dev.imagemirror.registry.model.Scope;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** An endpoint of one repository that asks for nothing in particular. */
public record TestingEndpoint(Repository repository, Scope scope) implements RegistryEndpoint<Void> {
    private TestingEndpoint(Scope scope) {
        this(new Repository("registry.example.com", scope.repository()), scope);
    }

    /** One that reads. */
    public static TestingEndpoint pull() {
        return new TestingEndpoint(Scope.pull("a/b"));
    }

    /** One that writes. */
    public static TestingEndpoint push() {
        return new TestingEndpoint(Scope.push("a/b"));
    }

    @Override
    public URI uri() {
        return URI.create("https://" + repository.registry() + "/v2/" + repository.path() + "/manifests/1");
    }

    @Override
    public HttpUriRequestBase request(URI uri) {
        return new HttpGet(uri);
    }

    @Override
    public boolean accepts(int status) {
        return false;
    }

    @Override
    public Void read(ClassicHttpResponse response) {
        return null;
    }

    @Override
    public String subject() {
        return repository + ":1";
    }
}
