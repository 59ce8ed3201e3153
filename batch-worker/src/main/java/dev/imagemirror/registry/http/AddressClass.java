package dev.imagemirror.registry.http;

import java.net.InetAddress;

/**
 * What kind of address a host has, from harmless to never allowed. An IPv6 address that carries an IPv4 address, which a
 * gateway or a tunnel may reach, counts as the worse of the two.
 */
enum AddressClass {
    /** Anybody's. */
    PUBLIC("a public address"),
    /** Of a private network: RFC 1918, RFC 6598, RFC 4193, and what is reserved. */
    PRIVATE("a private address"),
    /** This machine. */
    LOOPBACK("a loopback address"),
    /** This link, where clouds have their metadata services: RFC 3927, RFC 4291. */
    LINK_LOCAL("a link-local address"),
    /** A cloud's metadata service outside of the link-local addresses. */
    METADATA("a metadata service's address"),
    /** Many machines. */
    MULTICAST("a multicast address"),
    /** All machines. */
    BROADCAST("the broadcast address"),
    /** No address; systems take it for this machine. */
    UNSPECIFIED("an unspecified address");

    private final String words;

    AddressClass(String words) {
        this.words = words;
    }

    /** With its article. */
    String words() {
        return words;
    }

    /** True if no setting allows it. */
    boolean isNever() {
        return compareTo(LOOPBACK) > 0;
    }

    AddressClass orWorse(AddressClass other) {
        return compareTo(other) > 0 ? this : other;
    }

    static AddressClass of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? Ipv4Class.of(bytes, 0, 1, 2, 3) : Ipv6Class.of(bytes);
    }
}
