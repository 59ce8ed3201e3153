package dev.imagemirror.operator.testing;

import dev.imagemirror.crds.MirrorPolicy;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRuleBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Fabric8's mock of an API server: it keeps what it is given, without schema, defaults, generations and server-side apply,
 * so it proves logic only. Thread-safe.
 */
public final class TestingCluster implements AutoCloseable {
    private static final String RULES = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

    private final KubernetesMockServer server;
    private final KubernetesClient client;

    /** One with nothing in it but the namespace {@code kube-system}. */
    public TestingCluster() {
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), responses, new KubernetesMixedDispatcher(responses), false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        server.expectCustomResource(CustomResourceDefinitionContext.fromCustomResourceType(MirrorPolicy.class));
        client = newClient();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("kube-system")
                        .endMetadata()
                        .build())
                .create();
    }

    /** Where it answers, by plain HTTP. */
    public String url() {
        return server.url("/");
    }

    /** By which the cluster is known. */
    public String uid() {
        return client.namespaces().withName("kube-system").get().getMetadata().getUid();
    }

    /** A client of its own; whoever gets it closes it. */
    public KubernetesClient newClient() {
        return server.createClient();
    }

    /** Lets everybody have leases. */
    public TestingCluster allowLeases() {
        server.expect()
                .post()
                .withPath(RULES)
                .andReturn(
                        201,
                        new SelfSubjectRulesReviewBuilder()
                                .withNewStatus()
                                .withIncomplete(false)
                                .withResourceRules(new ResourceRuleBuilder()
                                        .withApiGroups("coordination.k8s.io")
                                        .withResources("leases")
                                        .withVerbs("*")
                                        .build())
                                .endStatus()
                                .build())
                .always();
        return this;
    }

    /** Asks the server as a user does. */
    public KubernetesClient client() {
        return client;
    }

    /** Creates a policy. */
    public void create(MirrorPolicy policy) {
        client.resource(policy).create();
    }

    /** The policy as it is now, or null. */
    public MirrorPolicy policy(String namespace, String name) {
        return resource(namespace, name).get();
    }

    /** Changes a policy, as a user does. */
    public void edit(String namespace, String name, Consumer<MirrorPolicy> change) {
        resource(namespace, name).edit(policy -> {
            change.accept(policy);
            return policy;
        });
    }

    /** Changes the spec, and raises the generation as a real server would. */
    public void editSpec(String namespace, String name, Consumer<MirrorPolicy> change) {
        edit(namespace, name, policy -> {
            change.accept(policy);
            policy.getMetadata().setGeneration(policy.getMetadata().getGeneration() + 1);
        });
    }

    /** Asks for the deletion of a policy. */
    public void delete(String namespace, String name) {
        resource(namespace, name).delete();
    }

    /** All events of a namespace. */
    public List<Event> events(String namespace) {
        return client.v1().events().inNamespace(namespace).list().getItems();
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }

    private Resource<MirrorPolicy> resource(String namespace, String name) {
        return client.resources(MirrorPolicy.class).inNamespace(namespace).withName(name);
    }
}
