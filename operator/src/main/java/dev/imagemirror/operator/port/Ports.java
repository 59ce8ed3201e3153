package dev.imagemirror.operator.port;

/**
 * The world as the reconciler knows it.
 *
 * @param mirrors desired state
 * @param statuses what is known and being done
 * @param registries what is there
 * @param jobs where copies run
 * @param repositories makes missing repositories
 */
public record Ports(
        MirrorTable mirrors,
        StatusTable statuses,
        DigestResolver registries,
        CopyJobQueue jobs,
        RepositoryCreator repositories) {}
