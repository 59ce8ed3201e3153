package dev.imagemirror.registry.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections only to addresses that {@link AddressGuard} allows: a name is resolved once, each address is
 * judged, and exactly these addresses are connected to. Proxies are exempt, since only the configuration names them.
 * Thread-safe.
 */
final class JudgedConnections implements HttpClientConnectionOperator {
    private final Network network;
    private final AddressGuard guard;
    private final Lookup<TlsSocketStrategy> tls;

    JudgedConnections(Network network, AddressGuard guard, TlsSocketStrategy tls) {
        this.network = network;
        this.guard = guard;
        this.tls = RegistryBuilder.<TlsSocketStrategy>create()
                .register("https", tls)
                .build();
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            InetSocketAddress localAddress,
            TimeValue timeout,
            SocketConfig config,
            HttpContext context)
            throws IOException {
        judged(host, context).connect(connection, host, localAddress, timeout, config, context);
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            NamedEndpoint endpoint,
            InetSocketAddress localAddress,
            Timeout timeout,
            SocketConfig config,
            Object attachment,
            HttpContext context)
            throws IOException {
        judged(host, context).connect(connection, host, endpoint, localAddress, timeout, config, attachment, context);
    }

    @Override
    public void connect(
            ManagedHttpClientConnection connection,
            HttpHost host,
            NamedEndpoint endpoint,
            @Nullable Path unixDomainSocket,
            InetSocketAddress localAddress,
            Timeout timeout,
            SocketConfig config,
            Object attachment,
            HttpContext context)
            throws IOException {
        if (unixDomainSocket != null) {
            throw new IOException("registries are not reached by Unix domain sockets");
        }
        connect(connection, host, endpoint, localAddress, timeout, config, attachment, context);
    }

    private HttpClientConnectionOperator judged(HttpHost host, HttpContext context) throws IOException {
        List<InetSocketAddress> addresses = network.names().resolve(host.getHostName(), AddressGuard.port(host));
        List<InetSocketAddress> allowed =
                AddressGuard.isProxied(context) ? addresses : guard.allowed(host, addresses, context);
        return over(new Resolved(allowed));
    }

    @Override
    public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) throws IOException {
        over(network.names()).upgrade(connection, host, context);
    }

    @Override
    public void upgrade(
            ManagedHttpClientConnection connection,
            HttpHost host,
            NamedEndpoint endpoint,
            Object attachment,
            HttpContext context)
            throws IOException {
        over(network.names()).upgrade(connection, host, endpoint, attachment, context);
    }

    private HttpClientConnectionOperator over(DnsResolver names) {
        return new DefaultHttpClientConnectionOperator(
                network.sockets(), DefaultSchemePortResolver.INSTANCE, names, tls);
    }

    /** Returns what is resolved and judged already. */
    private record Resolved(List<InetSocketAddress> addresses) implements DnsResolver {
        @Override
        public List<InetSocketAddress> resolve(String host, int port) {
            return addresses;
        }

        @Override
        public InetAddress[] resolve(String host) {
            return addresses.stream().map(InetSocketAddress::getAddress).toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host); // never called
        }
    }
}
