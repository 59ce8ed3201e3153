package dev.imagemirror.operator.testing.kubernetes;

import static org.awaitility.Awaitility.await;

import dev.imagemirror.crds.Condition;
import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.crds.MirrorPolicyStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.awaitility.core.ConditionFactory;

/** Policies on a real server: written with kubectl, as people do, and looked at by a client, which is cheaper to repeat. */
public final class TestingPolicies implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Kubectl kubectl;
    private final KubernetesClient client;

    TestingPolicies(Kubectl kubectl) {
        this.kubectl = kubectl;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubectl.kubeconfig().toFile()))
                .build();
    }

    /** Patience with processes on a busy machine; nothing is proved by how long something takes. */
    public static ConditionFactory soon() {
        return await().atMost(LIMIT).pollInterval(Duration.ofMillis(200));
    }

    /** Makes a namespace. */
    public void namespace(String name) throws IOException, InterruptedException {
        kubectl.check("create", "namespace", name);
    }

    /** {@code kubectl apply}. */
    public void apply(PolicyText policy) throws IOException, InterruptedException {
        kubectl.checkWith(policy.yaml(), "apply", "--filename=-");
    }

    /** {@code kubectl delete}, without waiting for the end. */
    public void delete(PolicyText policy) throws IOException, InterruptedException {
        kubectl.check("delete", "mp", policy.name(), "--namespace=" + policy.namespace(), "--wait=false");
    }

    /** {@code kubectl wait --for=condition=Ready}, which has to succeed. */
    public String awaitReady(PolicyText policy) throws IOException, InterruptedException {
        Kubectl.Result result = kubectl.run(
                "wait",
                "--for=condition=Ready",
                "mp/" + policy.name(),
                "--namespace=" + policy.namespace(),
                "--timeout=" + LIMIT.toSeconds() + "s");
        if (result.exit() != 0) {
            throw new AssertionError(result.err() + get(policy));
        }
        return result.out();
    }

    /** The policy as it is now, or null. */
    public MirrorPolicy get(PolicyText policy) {
        return client.resources(MirrorPolicy.class)
                .inNamespace(policy.namespace())
                .withName(policy.name())
                .get();
    }

    /** All policies of all namespaces. */
    public List<MirrorPolicy> all() {
        return client.resources(MirrorPolicy.class).inAnyNamespace().list().getItems();
    }

    /** A condition as a text, {@code True InSync} for example; empty if there is none. */
    public String condition(PolicyText policy, String type) {
        Condition condition = conditionOf(policy, type);
        return condition == null ? "" : word(condition.status()) + " " + condition.reason();
    }

    /** What a condition says in words; empty if there is none. */
    public String message(PolicyText policy, String type) {
        Condition condition = conditionOf(policy, type);
        return condition == null ? "" : condition.message();
    }

    /** Events about a policy. */
    public List<Event> events(PolicyText policy) {
        return client.v1().events().inNamespace(policy.namespace()).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(policy.name()))
                .toList();
    }

    /** Who has the lease, or null. */
    public String leader() {
        var lease = client.leases()
                .inNamespace("image-mirror")
                .withName("mirror-operator")
                .get();
        return lease == null ? null : lease.getSpec().getHolderIdentity();
    }

    private Condition conditionOf(PolicyText policy, String type) {
        MirrorPolicy now = get(policy);
        MirrorPolicyStatus status = now == null ? null : now.getStatus();
        return status == null
                ? null
                : status.conditions().stream()
                        .filter(condition -> condition.type().equals(type))
                        .findFirst()
                        .orElse(null);
    }

    private static String word(Condition.Status status) {
        return status.name().charAt(0) + status.name().substring(1).toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        client.close();
    }
}
