package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptorTest {
    private static final Digest DIGEST = Digest.sha256(new byte[0]);

    @Test
    void acceptsAnyNonNegativeSize() {
        assertThat(new Descriptor("t", DIGEST, 0).size()).isZero();
        assertThat(new Descriptor("t", DIGEST, Long.MAX_VALUE).size()).isEqualTo(Long.MAX_VALUE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Descriptor("t", DIGEST, -1))
                .withMessage("size of " + DIGEST + " is negative: -1");
    }

    @Test
    void needsTypeAndDigest() {
        assertThatNullPointerException().isThrownBy(() -> new Descriptor(null, DIGEST, 1));
        assertThatNullPointerException().isThrownBy(() -> new Descriptor("t", null, 1));
    }

    @Test
    void keepsItsUrlsWhenTheGivenListChanges() {
        List<String> urls = new ArrayList<>(List.of("https://a.invalid/"));
        Descriptor descriptor = new Descriptor("t", DIGEST, 1, urls, null);
        urls.clear();

        assertThat(descriptor.urls()).containsExactly("https://a.invalid/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
                "application/vnd.docker.image.rootfs.foreign.diff.tar",
                "application/vnd.oci.image.layer.nondistributable.v1.tar",
                "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
                "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd"
            })
    void isForeignWithATypeThatIsNotDistributedAndAnotherAddress(String mediaType) {
        assertThat(new Descriptor(mediaType, DIGEST, 1, List.of("https://a.invalid/"), null).isForeign())
                .isTrue();
        assertThat(new Descriptor(mediaType, DIGEST, 1).isForeign()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.docker.image.rootfs.diff.tar.gzip",
                "application/vnd.oci.image.layer.v1.tar+gzip",
                "application/octet-stream"
            })
    void isNotForeignMerelyBecauseItHasUrls(String mediaType) {
        assertThat(new Descriptor(mediaType, DIGEST, 1, List.of("https://a.invalid/"), null).isForeign())
                .isFalse();
    }

    @Test
    void showsPlatformsAsUsersWriteThem() {
        assertThat(new Platform("linux", "amd64", null)).hasToString("linux/amd64");
        assertThat(new Platform("linux", "arm64", "v8")).hasToString("linux/arm64/v8");
    }
}
