package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
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
 * Judges every request by the address that it would go to: literals before anything is done, names by what they resolve
 * to at the moment of the connection ({@link JudgedConnections}), so that no second answer of DNS counts. Behind a proxy,
 * which alone resolves names, only literals and names that mean this machine or a metadata service can be judged.
 * Thread-safe.
 */
final class AddressGuard implements ExecChainHandler {
    private static final String LED_BY = "dev.imagemirror.led-by";
    private static final String PROXIED = "dev.imagemirror.proxied";

    /** Names of metadata services: Google Cloud, Amazon EC2. */
    private static final Set<String> METADATA_NAMES =
            Set.of("metadata.google.internal", "metadata.goog", "instance-data.ec2.internal");

    private final AddressRule rule;

    AddressGuard(AddressRule rule) {
        this.rule = rule;
    }

    /**
     * The context of a request. Connections are shared only among requests that are judged alike: one that a registry
     * with an internal address has opened must not serve where a public one leads.
     *
     * @param ledBy the public registry that says where to, or null if a reference does
     */
    static HttpClientContext context(String ledBy) {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(LED_BY, ledBy);
        context.setUserToken(ledBy == null ? "named" : "led");
        return context;
    }

    /** True if the host is an internal one as far as its name tells. */
    static boolean isInternal(String host) {
        AddressClass kind = ofName(host);
        return kind != null && kind != AddressClass.PUBLIC;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        scope.clientContext.setAttribute(PROXIED, scope.route.getProxyHost() != null);
        HttpHost target = scope.route.getTargetHost();
        AddressClass kind = ofName(target.getHostName());
        if (kind != null) {
            String refusal = refusal(target, kind, scope.clientContext);
            if (refusal != null) {
                throw new RegistryException(ErrorKind.NOT_ALLOWED, refusal);
            }
        }
        return chain.proceed(request, scope);
    }

    /**
     * Those of a host's addresses that it may be asked at, in their order.
     *
     * @throws RegistryException if that is none
     */
    List<InetSocketAddress> allowed(HttpHost host, List<InetSocketAddress> addresses, HttpContext context)
            throws RegistryException {
        List<InetSocketAddress> allowed = new ArrayList<>();
        String refusal = null;
        for (InetSocketAddress address : addresses) {
            String why = refusal(host, AddressClass.of(address.getAddress()), context);
            if (why == null) {
                allowed.add(address);
            } else if (refusal == null) {
                refusal = why;
            }
        }
        if (allowed.isEmpty() && refusal != null) {
            throw new RegistryException(ErrorKind.NOT_ALLOWED, refusal);
        }
        return allowed;
    }

    private String refusal(HttpHost host, AddressClass kind, HttpContext context) {
        Object ledBy = context.getAttribute(LED_BY);
        String prefix = ledBy == null ? "" : ledBy + " leads elsewhere: ";
        String refusal = rule.refusal(host.getHostName(), port(host), kind);
        if (refusal != null) {
            return prefix + refusal;
        }
        return ledBy == null || kind == AddressClass.PUBLIC
                ? null
                : prefix + host.getHostName() + " has " + kind.words() + ", to which no public registry may lead";
    }

    /** What is known without asking DNS, or null. */
    static AddressClass ofName(String host) {
        InetAddress literal = IpLiteral.parse(host);
        if (literal != null) {
            return AddressClass.of(literal);
        }
        if (Loopback.isLoopback(host)) {
            return AddressClass.LOOPBACK;
        }
        return METADATA_NAMES.contains(Loopback.name(host)) ? AddressClass.METADATA : null;
    }

    /** The port that is asked, the scheme's own where none is named. */
    static int port(HttpHost host) {
        if (host.getPort() >= 0) {
            return host.getPort();
        }
        return "http".equalsIgnoreCase(host.getSchemeName()) ? 80 : 443;
    }

    /** True if the request goes to a proxy, which the configuration names and no row does. */
    static boolean isProxied(HttpContext context) {
        return Boolean.TRUE.equals(context.getAttribute(PROXIED));
    }
}
