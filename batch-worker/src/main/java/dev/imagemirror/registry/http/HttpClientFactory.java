package dev.imagemirror.registry.http;

import dev.imagemirror.registry.model.RequestListener;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Creates the HTTP client: a plain pipe, since {@code Exchange} decides on redirects, retries and authorization. */
public final class HttpClientFactory {
    /** This many registries can use all of their connections at the same time. */
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
        ProxyRouting.addTo(builder, settings.proxies());
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
}
