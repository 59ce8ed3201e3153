package dev.imagemirror.operator.config;

import java.util.List;

/**
 * The management port.
 *
 * @param isEnabled whether it is enabled
 * @param address listen address
 * @param port listen port, or 0 for any
 * @param hosts accepted Host headers
 */
public record WebConfig(boolean isEnabled, String address, int port, List<String> hosts) {
    static WebConfig read(Section web) {
        return new WebConfig(
                web.read("enabled", "true", Format.FLAG, "Serve health, metrics, the status API and the dashboard"),
                web.read(
                        "address",
                        "127.0.0.1",
                        new Format<>("an address such as 127.0.0.1 or 0.0.0.0", Values::name),
                        "Listen address; access is read-only, but not authenticated"),
                web.read("port", "8080", Format.number(0, 65_535), "Listen port; 0 selects a free one"),
                web.read(
                        "hosts",
                        "",
                        new Format<>("a list of host names without port", Values::hostNames),
                        "Accepted Host headers besides IP addresses and localhost; others are refused on loopback"
                                + " addresses, and on every address once one is listed"));
    }
}
