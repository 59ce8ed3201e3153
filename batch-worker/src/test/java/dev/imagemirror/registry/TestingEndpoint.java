package dev.imagemirror.registry;

import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** An endpoint of one repository that asks for nothing in particular. */
final class TestingEndpoint extends RepositoryEndpoint<Void> {
    private TestingEndpoint(Scope scope) {
        super(
                new Repository("registry.example.com", scope.repository()),
                scope,
                URI.create("https://registry.example.com/v2/" + scope.repository() + "/manifests/1"));
    }

    /** One that reads. */
    static TestingEndpoint pull() {
        return new TestingEndpoint(Scope.pull("a/b"));
    }

    /** One that writes. */
    static TestingEndpoint push() {
        return new TestingEndpoint(Scope.push("a/b"));
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
        return reference("1");
    }
}
