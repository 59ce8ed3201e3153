package dev.imagemirror.crds;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Which images a team wants mirrored, and how. The schema in the cluster is generated from this class and its component
 * records by {@code make crds}. Mutable and not thread-safe, like all resources of the Kubernetes client; spec and
 * status are immutable.
 */
@Group("imagemirror.dev")
@Version("v1alpha1")
@Kind("MirrorPolicy")
@Singular("mirrorpolicy")
@Plural("mirrorpolicies")
@ShortNames("mp")
@Categories("imagemirror")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Entries", jsonPath = ".status.entries", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "In Sync", jsonPath = ".status.inSync")
@AdditionalPrinterColumn(
        name = "Drifted",
        jsonPath = ".status.pairs.drifted",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Blocked",
        jsonPath = ".status.pairs.blocked",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason", priority = 1)
public final class MirrorPolicy extends CustomResource<MirrorPolicySpec, MirrorPolicyStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;

    /** Without name, spec and status. */
    public MirrorPolicy() {}

    @Override
    @Required
    public MirrorPolicySpec getSpec() {
        return super.getSpec();
    }
}
