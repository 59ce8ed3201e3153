package dev.imagemirror.registry;

import java.net.Socket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.io.DetachedSocketFactory;

/**
 * Where addresses and connections come from.
 *
 * @param names turns names into addresses
 * @param sockets makes unconnected sockets
 */
record Network(DnsResolver names, DetachedSocketFactory sockets) {
    /** The system's. */
    static final Network REAL = new Network(
            SystemDefaultDnsResolver.INSTANCE,
            socksProxy -> socksProxy == null ? new Socket() : new Socket(socksProxy));
}
