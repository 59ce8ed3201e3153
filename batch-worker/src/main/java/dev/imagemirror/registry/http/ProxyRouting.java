package dev.imagemirror.registry.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.hc.client5.http.RouteInfo;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsStore;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Routes an HTTP client's requests through {@link Proxies}, with their logins. */
final class ProxyRouting extends DefaultRoutePlanner {
    private final Proxies proxies;

    private ProxyRouting(Proxies proxies) {
        super(null);
        this.proxies = proxies;
    }

    static void addTo(HttpClientBuilder builder, Proxies proxies) {
        if (proxies.byScheme().isEmpty()) {
            return;
        }
        BasicCredentialsProvider credentials = new BasicCredentialsProvider();
        proxies.byScheme().values().forEach(proxy -> addLogin(credentials, proxy));
        builder.setRoutePlanner(new ProxyRouting(proxies)).setDefaultCredentialsProvider(credentials);
        proxies.of("http")
                .map(URI::getUserInfo)
                .ifPresent(userInfo -> builder.addRequestInterceptorFirst(plainLogin(userInfo)));
    }

    /** Null for a direct connection. */
    @Override
    protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
        return proxies.proxyFor(target.getSchemeName(), target.getHostName(), target.getPort())
                .map(ProxyRouting::host)
                .orElse(null);
    }

    private static void addLogin(CredentialsStore credentials, URI proxy) {
        String userInfo = proxy.getUserInfo();
        if (userInfo != null) {
            String[] pair = userInfo.split(":", 2);
            char[] password = pair.length > 1 ? pair[1].toCharArray() : new char[0];
            credentials.setCredentials(new AuthScope(host(proxy)), new UsernamePasswordCredentials(pair[0], password));
        }
    }

    /** With plain HTTP, sends the login preemptively: after a 407, a streamed body could not be sent again. */
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
}
