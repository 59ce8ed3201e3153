package dev.imagemirror.operator.web;

import java.util.Set;

/**
 * Where the management port listens.
 *
 * @param address bind address
 * @param port bind port, or 0 for any free one
 * @param hosts accepted {@code Host} names besides IP addresses and {@code localhost}
 */
public record WebSettings(String address, int port, Set<String> hosts) {
    /** Copies the set. */
    public WebSettings {
        hosts = Set.copyOf(hosts);
    }
}
