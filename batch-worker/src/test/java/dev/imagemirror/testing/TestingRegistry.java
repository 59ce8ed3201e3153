package dev.imagemirror.testing;

import dev.imagemirror.testing.fault.ArmedFault;
import dev.imagemirror.testing.fault.Fault;
import dev.imagemirror.testing.fault.FaultList;
import dev.imagemirror.testing.http.RecordedRequest;
import dev.imagemirror.testing.http.TestingHttpServer;
import dev.imagemirror.testing.registry.DirectContent;
import dev.imagemirror.testing.registry.RegistryCore;
import dev.imagemirror.testing.registry.RegistryOptions;
import dev.imagemirror.testing.registry.TokenRequest;
import dev.imagemirror.testing.registry.Trait;
import java.util.List;

/**
 * An OCI distribution 1.1 registry in memory, on 127.0.0.1 and a free port, that records every request and misbehaves
 * on request. It behaves as docker-registry 2.8 unless its traits say otherwise, takes foreign layers without a list of
 * allowed hosts, and has the referrers API. All methods may be called from any thread.
 */
public final class TestingRegistry implements AutoCloseable {
    private final RegistryCore core;
    private final FaultList faults = new FaultList();
    private final TestingHttpServer server;
    private final TestingTls tls;

    TestingRegistry(RegistryOptions options, TestingTls tls) {
        this.tls = tls;
        this.core = new RegistryCore(options, tls == null ? "http" : "https");
        this.server = TestingHttpServer.start(tls == null ? null : tls.serverContext(), faults, core);
    }

    /** Starts an open registry over plain HTTP. */
    public static TestingRegistry start() {
        return builder().start();
    }

    /** A registry with other properties. */
    public static TestingRegistryBuilder builder() {
        return new TestingRegistryBuilder();
    }

    /** {@code 127.0.0.1:port}, as in an image reference. */
    public String authority() {
        return server.authority();
    }

    /** The port. */
    public int port() {
        return server.port();
    }

    /** Scheme and authority, without a slash at the end. */
    public String url() {
        return server.url();
    }

    /** {@code 127.0.0.1:port/repository:tag}, or with {@code @} before a digest. */
    public String reference(String repository, String tagOrDigest) {
        return authority() + "/" + repository + (tagOrDigest.contains(":") ? "@" : ":") + tagOrDigest;
    }

    /** The keys of a registry with TLS. */
    public TestingTls tls() {
        if (tls == null) {
            throw new IllegalStateException("this registry speaks plain HTTP");
        }
        return tls;
    }

    /** The content, to prepare and to check. */
    public DirectContent content() {
        return core.content();
    }

    /** Commits this fault from now on. */
    public ArmedFault fault(Fault fault) {
        return faults.add(fault);
    }

    /** Ends all faults. */
    public void clearFaults() {
        faults.clear();
    }

    /** Takes a trait on. */
    public void enable(Trait trait) {
        core.set(trait, true);
    }

    /** Drops a trait. */
    public void disable(Trait trait) {
        core.set(trait, false);
    }

    /** Every request, in order of arrival, that of a token included. */
    public List<RecordedRequest> requests() {
        return server.requests();
    }

    /** The requests of one method ({@code *} for any) whose whole path matches the expression. */
    public List<RecordedRequest> requests(String method, String pathRegex) {
        return server.requests(method, pathRegex);
    }

    /** The requests to the token endpoint. */
    public List<TokenRequest> tokenRequests() {
        return core.access().tokenRequests();
    }

    /** Forgets all recorded requests. */
    public void clearRequests() {
        server.clearRequests();
        core.access().clearTokenRequests();
    }

    /** Connections that clients hold open. */
    public int openConnections() {
        return server.openConnections();
    }

    /** Makes every bearer token issued so far invalid: the next request with one gets 401. */
    public void revokeTokens() {
        core.access().revokeTokens();
    }

    /** Lets the present ECR token expire (it gets 403 from now on) and makes {@code next} the valid one. */
    public void rotateEcrToken(String next) {
        core.access().rotateEcrToken(next);
    }

    /** Gives the pulls of a rate limit back. */
    public void resetRateLimit() {
        core.resetRateLimit();
    }

    /** Ends the server and all connections; the content is gone. */
    @Override
    public void close() {
        server.close();
    }
}
