package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Judges every request by its target address: literals up front, names by what they resolve to when the connection is
 * opened ({@link JudgedConnections}), so no second DNS answer counts. Behind a proxy, which resolves names itself, only
 * literals and names that mean this machine or a metadata service can be judged. Thread-safe.
 */
final class AddressGuard implements ExecChainHandler {
    private static final String REDIRECTED_BY = "dev.imagemirror.redirected-by";
    private static final String PROXIED = "dev.imagemirror.proxied";

    /** Names of metadata services: Google Cloud, Amazon EC2. */
    private static final Set<String> METADATA_NAMES =
            Set.of("metadata.google.internal", "metadata.goog", "instance-data.ec2.internal");

    private final AddressRule rule;

    AddressGuard(AddressRule rule) {
        this.rule = rule;
    }

    /** The context of a request to a host named by a reference, or a redirect from an internal registry. */
    static HttpClientContext named() {
        return context("named");
    }

    /** The context of a request redirected by {@code registry}, a public one. */
    static HttpClientContext redirectedBy(String registry) {
        HttpClientContext context = context("redirected");
        context.setAttribute(REDIRECTED_BY, registry);
        return context;
    }

    /**
     * Connections are shared only among requests that are judged alike: one to an internal registry must not serve a
     * request that a public registry redirected.
     */
    private static HttpClientContext context(String sharedAmong) {
        HttpClientContext context = HttpClientContext.create();
        context.setUserToken(sharedAmong);
        return context;
    }

    /** True if the host is internal as far as its name tells. */
    static boolean isInternal(String host) {
        return ofName(host).filter(kind -> kind != AddressClass.PUBLIC).isPresent();
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(PROXIED, scope.route.getProxyHost() != null);
        HttpHost target = scope.route.getTargetHost();
        Optional<String> refusal =
                ofName(target.getHostName()).flatMap(kind -> refusal(target, kind, scope.clientContext));
        if (refusal.isPresent()) {
            throw new RegistryException(ErrorKind.NOT_ALLOWED, refusal.get());
        }
        return chain.proceed(request, scope);
    }

    /**
     * The addresses of a host that may be connected to, in order.
     *
     * @throws RegistryException if all are refused
     */
    List<InetSocketAddress> allowed(HttpHost host, List<InetSocketAddress> addresses, HttpContext context)
            throws RegistryException {
        List<InetSocketAddress> allowed = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            refusal(host, AddressClass.of(address.getAddress()), context)
                    .ifPresentOrElse(refusals::add, () -> allowed.add(address));
        }
        if (allowed.isEmpty() && !refusals.isEmpty()) {
            throw new RegistryException(ErrorKind.NOT_ALLOWED, refusals.get(0));
        }
        return allowed;
    }

    private Optional<String> refusal(HttpHost host, AddressClass kind, HttpContext context) {
        Optional<String> byRule = rule.refusal(host.getHostName(), port(host), kind);
        if (!(context.getAttribute(REDIRECTED_BY) instanceof String registry)) {
            return byRule;
        }
        Optional<String> refusal = kind == AddressClass.PUBLIC
                ? byRule
                : byRule.or(() -> Optional.of(
                        host.getHostName() + " has " + kind.words() + ", to which no public registry may redirect"));
        return refusal.map(why -> registry + " redirects elsewhere: " + why);
    }

    /** The class, as far as it is known without DNS. */
    static Optional<AddressClass> ofName(String host) {
        return IpLiteral.parse(host).map(AddressClass::of).or(() -> ofSpecialName(host));
    }

    private static Optional<AddressClass> ofSpecialName(String host) {
        if (Loopback.isLoopback(host)) {
            return Optional.of(AddressClass.LOOPBACK);
        }
        return METADATA_NAMES.contains(Loopback.name(host)) ? Optional.of(AddressClass.METADATA) : Optional.empty();
    }

    /** The host's port, or the default port of its scheme. */
    static int port(HttpHost host) {
        if (host.getPort() >= 0) {
            return host.getPort();
        }
        return "http".equalsIgnoreCase(host.getSchemeName()) ? 80 : 443;
    }

    /** True if the request goes to a proxy; only the configuration names one. */
    static boolean isProxied(HttpContext context) {
        return Boolean.TRUE.equals(context.getAttribute(PROXIED));
    }
}
