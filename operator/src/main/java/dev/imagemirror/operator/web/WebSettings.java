package dev.imagemirror.operator.web;

import java.util.Set;

/**
 * Where the management port is.
 *
 * @param address that is listened on
 * @param port that is listened on, or 0 for any that is free
 * @param hosts names by which it may be asked for beside IP addresses and {@code localhost}
 */
public record WebSettings(String address, int port, Set<String> hosts) {
    /** Copies the set. */
    public WebSettings {
        hosts = Set.copyOf(hosts);
    }

    /** Any free port of the loopback interface. */
    public static WebSettings ephemeral() {
        return new WebSettings("127.0.0.1", 0, Set.of());
    }
}
