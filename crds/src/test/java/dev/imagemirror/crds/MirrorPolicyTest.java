package dev.imagemirror.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirrorPolicyTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private final KubernetesSerialization client = new KubernetesSerialization();

    @Test
    void newPolicyClaimsNoFieldsForServerSideApply() {
        assertThat(client.asJson(new MirrorPolicy()))
                .contains("\"kind\":\"MirrorPolicy\"", "\"apiVersion\":\"imagemirror.dev/v1alpha1\"")
                .doesNotContain("spec", "status");
    }

    @Test
    void everyFieldOfTheSpecIsReadAndWritten() {
        MirrorPolicy policy = read("""
                spec:
                  suspend: true
                  interval: 4h
                  deletionPolicy: Orphan
                  mirrors:
                  - source: quay.io/team/app
                    destinations: [registry.example.com/app]
                    tags: {include: ["1*"], exclude: ["*-rc"], semver: ^1.2, latest: 3}
                    minAge: 1d
                    referrers: true
                """);
        assertThat(policy.getSpec())
                .isEqualTo(new MirrorPolicySpec(
                        true,
                        "4h",
                        DeletionPolicy.ORPHAN,
                        List.of(new Mirror(
                                "quay.io/team/app",
                                List.of("registry.example.com/app"),
                                new TagSelection(List.of("1*"), List.of("*-rc"), "^1.2", 3),
                                "1d",
                                true))));
        assertThat(read(client.asYaml(policy)).getSpec()).isEqualTo(policy.getSpec());
    }

    @Test
    void omittedFieldsFollowTheSchema() {
        MirrorPolicySpec spec = read("spec: {mirrors: [{source: golang, destinations: [b.example/golang]}]}")
                .getSpec();
        assertThat(spec)
                .isEqualTo(new MirrorPolicySpec(
                        false,
                        null,
                        DeletionPolicy.DELETE,
                        List.of(new Mirror("golang", List.of("b.example/golang")))));
        assertThat(client.asJson(spec)).doesNotContain("null", "interval", "minAge", "tags");
    }

    @Test
    void statusIsWrittenAsKubectlReadsIt() {
        MirrorPolicy policy = new MirrorPolicy();
        policy.setStatus(status());
        assertThat(client.asJson(policy))
                .contains("\"inSync\":\"3/4\"")
                .contains("\"status\":\"False\"")
                .contains("\"lastTransitionTime\":\"2026-01-02T03:04:05Z\"")
                .contains("\"since\":\"2026-01-02T03:04:05Z\"");
        assertThat(read(client.asYaml(policy)).getStatus()).isEqualTo(status());
    }

    @Test
    void listsCannotBeChangedFromOutside() {
        List<Mirror> mirrors = new ArrayList<>();
        MirrorPolicySpec spec = new MirrorPolicySpec(false, null, null, mirrors);
        mirrors.add(new Mirror("golang", List.of("b.example/golang")));
        assertThat(spec.mirrors()).isEmpty();
        assertThatThrownBy(() -> spec.mirrors().addAll(mirrors)).isInstanceOf(UnsupportedOperationException.class);
    }

    private MirrorPolicy read(String yaml) {
        return client.unmarshal(yaml, MirrorPolicy.class);
    }

    private static MirrorPolicyStatus status() {
        return MirrorPolicyStatus.of(
                7,
                2,
                new PairCounts(4, 3, 1, 0, 0, 0, 1),
                List.of(new Condition("Ready", Condition.Status.FALSE, 7L, AT, "Blocked", "1 of 4 pairs is blocked")),
                List.of(new WorstPair(
                        "docker.io/library/golang:1", "b.example/golang:1", "Blocked", "AccessDenied", "log in", AT)));
    }
}
