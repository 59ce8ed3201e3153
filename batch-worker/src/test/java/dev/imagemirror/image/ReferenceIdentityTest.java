package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceIdentityTest {
    private static final String ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

    @ParameterizedTest
    @CsvSource({
        "golang:1,                       registry-1.docker.io/library/golang:1",
        "a.io/x:1,                       A.IO:443/x:1",
        "[2001:DB8::1]/x,                [2001:db8::1]:443/x",
        "[2001:db8:0:0:0:0:0:1]:5000/x,  [2001:db8::1]:5000/x",
        "PLAIN/x:1,                        123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/x:1",
        "PLAIN/x:1,                        123456789012.dkr-ecr.us-east-1.on.aws/x:1",
        "PLAIN/x:1,                        123456789012.dkr-ecr-fips.us-east-1.on.aws/x:1",
        "PLAIN/x:1,                        123456789012.DKR.ECR.us-east-1.amazonaws.com:443/x:1",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/x, "
                + "123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn/x",
    })
    void isTheSameForAllSpellingsOfAPlace(String one, String other) {
        assertThat(identity(one)).isEqualTo(identity(other));
    }

    @ParameterizedTest
    @CsvSource({
        "a.io/x:1,       a.io/x:2",
        "a.io/x:1,       a.io/y:1",
        "a.io/x:1,       a.io:80/x:1",
        "a.io/x:1,       b.io/x:1",
        "golang,         ghcr.io/library/golang",
        "[2001:db8::1]/x, [2001:db8::2]/x",
        "PLAIN/x:1,        123456789013.dkr.ecr.us-east-1.amazonaws.com/x:1",
        "PLAIN/x:1,        123456789012.dkr.ecr.us-east-2.amazonaws.com/x:1",
        "PLAIN/x:1,        123456789012.dkr-ecr.us-east-2.on.aws/x:1",
    })
    void differsBetweenPlaces(String one, String other) {
        assertThat(identity(one)).isNotEqualTo(identity(other));
    }

    @Test
    void keepsTagAndDigest() {
        String suffix = "/x:1@sha256:" + "0".repeat(64);

        assertThat(identity("123456789012.dkr-ecr.us-east-1.on.aws" + suffix)).hasToString(ECR + suffix);
    }

    @Test
    void leavesTheHostInTheReferenceAsWritten() {
        ImageReference fips = ImageReference.parse("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/x");

        assertThat(fips.wireHost()).isEqualTo("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com");
        assertThat(fips).isNotEqualTo(ImageReference.parse(ECR + "/x"));
    }

    private static ImageReference identity(String text) {
        return ImageReference.parse(text.replace("PLAIN", ECR)).identity();
    }
}
