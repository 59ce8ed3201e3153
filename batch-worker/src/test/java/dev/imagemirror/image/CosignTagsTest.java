package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CosignTagsTest {
    private static final Digest ONE = Digest.sha256(new byte[] {1});

    @Test
    void namesTheTagsOfAnImage() {
        assertThat(CosignTags.of(ONE))
                .containsExactly(
                        "sha256-" + ONE.hex() + ".sig",
                        "sha256-" + ONE.hex() + ".att",
                        "sha256-" + ONE.hex() + ".sbom");
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.dev.cosign.simplesigning.v1+json, true",
        "application/vnd.dsse.envelope.v1+json, true",
        "text/spdx+json, true",
        "application/vnd.oci.image.layer.v1.tar, false",
        "application/vnd.oci.image.layer.v1.tar+gzip, false",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip, false",
        "application/vnd.docker.image.rootfs.diff.tar.gzip, false",
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip, false",
    })
    void mayHoldManifestsWithoutFileSystemLayers(String layer, boolean may) {
        Descriptor config = new Descriptor("application/vnd.oci.image.config.v1+json", ONE, 1);
        Manifest manifest =
                new Manifest.Image(MediaTypes.OCI_MANIFEST, null, List.of(config, new Descriptor(layer, ONE, 1)));

        assertThat(CosignTags.mayHold(manifest)).isEqualTo(may);
    }

    @Test
    void holdNoIndex() {
        assertThat(CosignTags.mayHold(new Manifest.Index(MediaTypes.OCI_INDEX, null, List.of())))
                .isFalse();
    }
}
