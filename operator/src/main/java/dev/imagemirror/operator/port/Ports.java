package dev.imagemirror.operator.port;

/**
 * The reconciler's ports.
 *
 * @param mirrors desired state
 * @param statuses observed state and work in progress
 * @param registries registry contents
 * @param jobs where copies run
 * @param repositories creates missing repositories
 */
public record Ports(
        MirrorTable mirrors,
        StatusTable statuses,
        DigestResolver registries,
        CopyJobQueue jobs,
        RepositoryCreator repositories) {}
