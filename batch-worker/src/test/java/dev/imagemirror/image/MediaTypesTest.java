package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
    @ParameterizedTest
    @CsvSource({
        "application/vnd.oci.image.index.v1+json,                        index",
        "application/vnd.docker.distribution.manifest.list.v2+json,      index",
        "application/vnd.oci.image.manifest.v1+json,                     manifest",
        "application/vnd.docker.distribution.manifest.v2+json,           manifest",
        "application/vnd.oci.artifact.manifest.v1+json,                  manifest",
        "application/vnd.docker.distribution.manifest.v1+json,           schema1",
        "application/vnd.docker.distribution.manifest.v1+prettyjws,      schema1",
        "application/vnd.oci.image.config.v1+json,                       none",
        "application/json,                                               none",
        "'',                                                             none",
    })
    void haveOneMeaningEach(String mediaType, String meaning) {
        assertThat(MediaTypes.isIndex(mediaType)).isEqualTo(meaning.equals("index"));
        assertThat(MediaTypes.isManifest(mediaType)).isEqualTo(meaning.equals("manifest"));
        assertThat(MediaTypes.isSchema1(mediaType)).isEqualTo(meaning.equals("schema1"));
    }

    @Test
    void areAcceptedInOneFixedOrder() {
        assertThat(MediaTypes.ACCEPT.split(", "))
                .startsWith(
                        "application/vnd.oci.image.index.v1+json",
                        "application/vnd.oci.image.manifest.v1+json",
                        "application/vnd.docker.distribution.manifest.list.v2+json",
                        "application/vnd.docker.distribution.manifest.v2+json")
                .endsWith("application/vnd.docker.distribution.manifest.v1+prettyjws")
                .doesNotHaveDuplicates();
    }
}
