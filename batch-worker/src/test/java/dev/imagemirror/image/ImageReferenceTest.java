package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String SHA256 = "sha256:0123456789abcdef0123456789abcdef" + "0123456789abcdef0123456789abcdef";
    private static final String SHA512 = "sha512:0123456789abcdef0123456789abcdef" + "0123456789abcdef0123456789abcdef"
            + "0123456789abcdef0123456789abcdef" + "0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource({
        "golang:1.17,                         docker.io/library/golang:1.17",
        "golang,                              docker.io/library/golang",
        "library/golang,                      docker.io/library/golang",
        "grafana/grafana:9,                   docker.io/grafana/grafana:9",
        "docker.io/golang,                    docker.io/library/golang",
        "docker.io/library/golang,            docker.io/library/golang",
        "docker.io/library,                   docker.io/library/library",
        "index.docker.io/golang:1,            docker.io/library/golang:1",
        "registry-1.docker.io/library/golang, docker.io/library/golang",
        "registry.hub.docker.com/a/b,         docker.io/a/b",
        "Docker.IO/golang,                    docker.io/library/golang",
        "docker.io:443/golang,                docker.io/library/golang",
        "index.docker.io:443/golang,          docker.io/library/golang",
        "index.docker.io:0443/golang,         docker.io/library/golang",
        "a.b.c,                               docker.io/library/a.b.c",
        "localhost:5000,                      docker.io/library/localhost:5000",
    })
    void expandsTheShortFormsOfDockerHub(String written, String canonical) {
        assertThat(ImageReference.parse(written)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"golang:1.17", "index.docker.io/golang:1.17", "registry-1.docker.io/library/golang:1.17"})
    void asksDockerHubAtTheHostOfItsApi(String written) {
        ImageReference reference = ImageReference.parse(written);

        assertThat(reference.registry()).isEqualTo("docker.io");
        assertThat(reference.wireHost()).isEqualTo("registry-1.docker.io");
        assertThat(reference.repository()).isEqualTo("library/golang");
        assertThat(reference.wireReference()).isEqualTo("1.17");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost/a,                     localhost,                    a",
        "localhost:5000/a,                localhost:5000,               a",
        "host:5000/a/b/c:1,               host:5000,                    a/b/c",
        "Registry.Example.com/a,          registry.example.com,         a",
        "registry.example.com:443/a,      registry.example.com,         a",
        "registry.example.com:80/a,       registry.example.com:80,      a",
        "registry.example.com:65535/a,    registry.example.com:65535,   a",
        "registry.example.com:05000/a,    registry.example.com:5000,    a",
        "docker.io:5000/a,                docker.io:5000,               a",
        "xn--bcher-kva.example/a,         xn--bcher-kva.example,        a",
        "1registry:5000/a,                1registry:5000,               a",
        "127.0.0.1:5000/a,                127.0.0.1:5000,               a",
        "10.1.2.3/a,                      10.1.2.3,                     a",
        "[::1]:5000/a,                    [::1]:5000,                   a",
        "[::1]/a,                         [::1],                        a",
        "[2001:DB8::A]:443/a,             [2001:db8::a],                a",
        "[2001:db8:1:2:3:4:5:6]:5000/a,   [2001:db8:1:2:3:4:5:6]:5000,  a",
        "[2001:db8:0:0:1:0:0:1]/a,        [2001:db8::1:0:0:1],          a",
        "[2001:0db8:0:1::0001]/a,         [2001:db8:0:1::1],            a",
        "[2001:db8:0:1:1:1:1:1]/a,        [2001:db8:0:1:1:1:1:1],       a",
        "[1::]/a,                         [1::],                        a",
        "[::]:5000/a,                     [::]:5000,                    a",
        "[::ffff:192.0.2.1]:5000/a,       [::ffff:192.0.2.1]:5000,      a",
        "public.ecr.aws/nginx/nginx:1,    public.ecr.aws,               nginx/nginx",
        "ghcr.io/a_b/c__d/e-f/g---h/i.j,  ghcr.io,                      a_b/c__d/e-f/g---h/i.j",
    })
    void readsRegistryAndRepository(String written, String registry, String repository) {
        ImageReference reference = ImageReference.parse(written);

        assertThat(reference.registry()).isEqualTo(registry);
        assertThat(reference.wireHost()).isEqualTo(registry);
        assertThat(reference.repository()).isEqualTo(repository);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "v1.2.3", "_a", "A-b_c.D", "latest", "sha256-abc.sig", "0"})
    void readsTags(String tag) {
        assertThat(ImageReference.parse("host:5000/a:" + tag).tag()).isEqualTo(tag);
        assertThat(ImageReference.parse("[::1]:5000/a:" + tag).tag()).isEqualTo(tag);
        assertThat(ImageReference.parse("a:" + tag + "@" + SHA256).tag()).isEqualTo(tag);
    }

    @Test
    void takesNamesAndTagsOfTheGreatestLength() {
        String tag = "t".repeat(128);
        String repository = "r".repeat(255);

        ImageReference reference = ImageReference.parse("ghcr.io/" + repository + ":" + tag);

        assertThat(reference.repository()).isEqualTo(repository);
        assertThat(reference.tag()).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHA256, SHA512})
    void readsDigests(String digest) {
        ImageReference reference = ImageReference.parse("host:5000/a@" + digest);

        assertThat(reference.digest()).isEqualTo(Digest.parse(digest));
        assertThat(reference.tag()).isNull();
        assertThat(reference.wireReference()).isEqualTo(digest);
    }

    @Test
    void asksForTheDigestWhereThereIsATagToo() {
        ImageReference reference = ImageReference.parse("golang:1.17@" + SHA256);

        assertThat(reference.tag()).isEqualTo("1.17");
        assertThat(reference.wireReference()).isEqualTo(SHA256);
        assertThat(reference).hasToString("docker.io/library/golang:1.17@" + SHA256);
    }

    @Test
    void addsLatestOnlyToABareName() {
        assertThat(ImageReference.parse("a").withDefaultTag()).hasToString("docker.io/library/a:latest");
        assertThat(ImageReference.parse("a:1").withDefaultTag()).hasToString("docker.io/library/a:1");
        assertThat(ImageReference.parse("a@" + SHA256).withDefaultTag()).hasToString("docker.io/library/a@" + SHA256);
    }

    @Test
    void replacesTagAndDigest() {
        ImageReference both = ImageReference.parse("ghcr.io/a:1@" + SHA256);

        assertThat(both.withTag("2")).hasToString("ghcr.io/a:2");
        assertThat(both.withDigest(Digest.parse(SHA512))).hasToString("ghcr.io/a:1@" + SHA512);
        assertThat(both.name()).isEqualTo("ghcr.io/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "golang",
                "golang:1@" + SHA256,
                "localhost:5000/a/b@" + SHA512,
                "[2001:DB8::1]:5000/a:1",
                "registry.hub.docker.com:443/a",
                "123456789012.dkr.ecr.eu-central-1.amazonaws.com/a:1"
            })
    void readsItsOwnTextAsAnEqualReference(String written) {
        ImageReference reference = ImageReference.parse(written);

        assertThat(ImageReference.parse(reference.toString()))
                .isEqualTo(reference)
                .hasSameHashCodeAs(reference);
    }
}
