package dev.imagemirror.registry.http;

import java.net.Socket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.io.DetachedSocketFactory;

/**
 * Name resolution and sockets.
 *
 * @param names resolves host names
 * @param sockets creates unconnected sockets
 */
public record Network(DnsResolver names, DetachedSocketFactory sockets) {
    /** The system's. */
    public static final Network REAL = new Network(
            SystemDefaultDnsResolver.INSTANCE,
            socksProxy -> socksProxy == null ? new Socket() : new Socket(socksProxy));
}
