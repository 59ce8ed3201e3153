package dev.imagemirror.registry.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.RouteInfo;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Makes the HTTP client: a plain pipe, since redirects, retries and authorization are decided by {@code Exchange}. */
public final class HttpClientFactory {
    /** As many registries can be busy at the same time as with 32 connections to each of them. */
    private static final int BUSY_HOSTS = 16;

    private HttpClientFactory() {}

    public static CloseableHttpClient create(RegistrySettings settings, RequestListener listener, Network network) {
        AddressGuard guard = new AddressGuard(settings.addresses());
        HttpClientBuilder builder = HttpClients.custom()
                .setConnectionManager(connections(settings, network, guard))
                .setRequestExecutor(new EarlyAnswers())
                .setUserAgent(settings.userAgent())
                .setDefaultHeaders(List.of(new BasicHeader(HttpHeaders.ACCEPT_ENCODING, ContentCoding.IDENTITY)))
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableConnectionState()
                .disableContentCompression()
                .disableCookieManagement()
                .disableRedirectHandling()
                .setTargetAuthenticationStrategy((type, challenges, context) -> List.of());
        if (!listener.equals(RequestListener.NONE)) {
            builder.addExecInterceptorFirst("listener", telling(listener));
        }
        builder.addExecInterceptorFirst("addresses", guard);
        if (!settings.proxies().isEmpty()) {
            builder.setRoutePlanner(new ProxyRoutes(settings.proxies()))
                    .setDefaultCredentialsProvider(proxyCredentials(settings.proxies()));
            if (settings.proxies().http() != null && settings.proxies().http().getUserInfo() != null) {
                builder.addRequestInterceptorFirst(
                        plainLogin(settings.proxies().http().getUserInfo()));
            }
        }
        return builder.build();
    }

    private static ExecChainHandler telling(RequestListener listener) {
        return (request, scope, chain) -> {
            int status = 0;
            try {
                ClassicHttpResponse response = chain.proceed(request, scope);
                status = response.getCode();
                return response;
            } finally {
                listener.requested(String.valueOf(request.getAuthority()), request.getMethod(), status);
            }
        };
    }

    private static PoolingHttpClientConnectionManager connections(
            RegistrySettings settings, Network network, AddressGuard guard) {
        Timeout response = Timeout.of(settings.responseTimeout());
        return new JudgedPool(network, guard)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .responseOutOfOrderStrategy(EarlyAnswers.WATCH)
                        .build())
                .setTlsSocketStrategy(new LazyTls(settings.caFiles()))
                .setMaxConnPerRoute(settings.connections().perHost())
                .setMaxConnTotal(BUSY_HOSTS * settings.connections().perHost())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoTimeout(response)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(response)
                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                        .build())
                .build();
    }

    private static BasicCredentialsProvider proxyCredentials(Proxies proxies) {
        BasicCredentialsProvider provider = new BasicCredentialsProvider();
        Stream.of(proxies.https(), proxies.http())
                .filter(proxy -> proxy != null && proxy.getUserInfo() != null)
                .forEach(proxy -> {
                    String[] pair = proxy.getUserInfo().split(":", 2);
                    char[] password = pair.length > 1 ? pair[1].toCharArray() : new char[0];
                    provider.setCredentials(
                            new AuthScope(host(proxy)), new UsernamePasswordCredentials(pair[0], password));
                });
        return provider;
    }

    /** Plain HTTP gives its proxy the credential unasked: a streamed body could not be sent again after a 407. */
    private static HttpRequestInterceptor plainLogin(String userInfo) {
        String pair = userInfo.indexOf(':') < 0 ? userInfo + ":" : userInfo;
        String login = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return (request, entity, context) -> {
            RouteInfo route = HttpClientContext.cast(context).getHttpRoute();
            if (route.getProxyHost() != null && !route.isSecure()) {
                request.setHeader(HttpHeaders.PROXY_AUTHORIZATION, login);
            }
        };
    }

    private static HttpHost host(URI proxy) {
        return new HttpHost("http", proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort());
    }

    /** A pool whose connections are opened by {@link JudgedConnections}. */
    private static final class JudgedPool extends PoolingHttpClientConnectionManagerBuilder {
        private final Network network;
        private final AddressGuard guard;

        JudgedPool(Network network, AddressGuard guard) {
            this.network = network;
            this.guard = guard;
        }

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new JudgedConnections(network, guard, tls);
        }
    }

    private static final class ProxyRoutes extends DefaultRoutePlanner {
        private final Proxies proxies;

        ProxyRoutes(Proxies proxies) {
            super(null);
            this.proxies = proxies;
        }

        @Override
        protected HttpHost determineProxy(HttpHost target, HttpContext context) {
            URI proxy = proxies.proxyFor(target.getSchemeName(), target.getHostName(), target.getPort());
            return proxy == null ? null : host(proxy);
        }
    }
}
