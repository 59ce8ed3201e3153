package dev.imagemirror.operator.config;

import java.time.Duration;

/**
 * The lease of replicas.
 *
 * @param enabled whether a lease is used
 * @param table the lease table
 */
public record LeaseConfig(boolean enabled, String table) {
    /** Silence after which another replica takes over: less than 30 s including the polling interval. */
    public static final Duration LENGTH = Duration.ofSeconds(15);

    static LeaseConfig read(Section lease) {
        return new LeaseConfig(
                lease.read("enabled", "false", Format.FLAG, "Stand by while another replica holds the lease"),
                lease.read(
                        "table",
                        "ImageMirrorLeaseTable",
                        Format.NAME_OR_ARN,
                        "DynamoDB table of the lease (partition key: Lease)"));
    }
}
