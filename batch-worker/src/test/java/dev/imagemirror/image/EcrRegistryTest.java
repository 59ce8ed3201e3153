package dev.imagemirror.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcrRegistryTest {
    @ParameterizedTest
    @CsvSource({
        "dkr.ecr.us-east-1.amazonaws.com,                    us-east-1,       amazonaws.com,    false, false",
        "dkr.ecr.ap-southeast-12.amazonaws.com,              ap-southeast-12, amazonaws.com,    false, false",
        "dkr.ecr-fips.us-east-1.amazonaws.com,               us-east-1,       amazonaws.com,    true,  false",
        "dkr-ecr.eu-central-1.on.aws,                        eu-central-1,    amazonaws.com,    false, true",
        "dkr-ecr-fips.us-west-2.on.aws,                      us-west-2,       amazonaws.com,    true,  true",
        "dkr.ecr.us-gov-west-1.amazonaws.com,                us-gov-west-1,   amazonaws.com,    false, false",
        "dkr.ecr-fips.us-gov-east-1.amazonaws.com,           us-gov-east-1,   amazonaws.com,    true,  false",
        "dkr-ecr-fips.us-gov-west-1.on.aws,                  us-gov-west-1,   amazonaws.com,    true,  true",
        "dkr.ecr.cn-northwest-1.amazonaws.com.cn,            cn-northwest-1,  amazonaws.com.cn, false, false",
        "dkr-ecr.cn-north-1.on.amazonwebservices.com.cn,     cn-north-1,      amazonaws.com.cn, false, true",
        "dkr.ecr.us-iso-east-1.c2s.ic.gov,                   us-iso-east-1,   c2s.ic.gov,       false, false",
        "dkr.ecr.us-isob-east-1.sc2s.sgov.gov,               us-isob-east-1,  sc2s.sgov.gov,    false, false",
        "dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk,              eu-isoe-west-1,  cloud.adc-e.uk,   false, false",
        "dkr.ecr.us-isof-south-1.csp.hci.ic.gov,             us-isof-south-1, csp.hci.ic.gov,   false, false",
        "dkr.ecr.eusc-de-east-1.amazonaws.eu,                eusc-de-east-1,  amazonaws.eu,     false, false",
    })
    void knowsEveryPartition(String host, String region, String suffix, boolean fips, boolean dualStack) {
        assertThat(EcrRegistry.of("123456789012." + host))
                .contains(new EcrRegistry("123456789012", region, suffix, fips, dualStack));
    }

    @ParameterizedTest
    @CsvSource({
        "dkr.ecr-fips.us-gov-west-1.amazonaws.com,       dkr.ecr.us-gov-west-1.amazonaws.com",
        "dkr-ecr.us-gov-west-1.on.aws,                   dkr.ecr.us-gov-west-1.amazonaws.com",
        "dkr-ecr-fips.us-east-2.on.aws,                  dkr.ecr.us-east-2.amazonaws.com",
        "dkr-ecr.cn-north-1.on.amazonwebservices.com.cn, dkr.ecr.cn-north-1.amazonaws.com.cn",
        "dkr.ecr.us-iso-east-1.c2s.ic.gov,               dkr.ecr.us-iso-east-1.c2s.ic.gov",
    })
    void knowsThePlainHostOfEach(String host, String plain) {
        assertThat(EcrRegistry.of("000000000001." + host).orElseThrow().plainHost())
                .isEqualTo("000000000001." + plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "docker.io",
                "public.ecr.aws",
                "dkr.ecr.us-east-1.amazonaws.com",
                "12345678901.dkr.ecr.us-east-1.amazonaws.com",
                "1234567890123.dkr.ecr.us-east-1.amazonaws.com",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com:8443",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com.evil.example",
                "evil.123456789012.dkr.ecr.us-east-1.amazonaws.com",
                "123456789012.dkr.ecr.us-east-1.amazonaws.org",
                "123456789012.dkr.ecr.us-east-1.amazonaws.com.",
                "123456789012.dkr.ecr.us-east-1xamazonaws.com",
                "123456789012xdkr.ecr.us-east-1.amazonaws.com",
                "123456789012.dkr.ecr.evil.example.us-east-1.amazonaws.com",
                "123456789012.dkr.ecr.useast1.amazonaws.com",
                "123456789012.dkr-ecr.us-east-1.on.aws.evil.example",
                "123456789012.dkr-ecr.us-east-1.amazonaws.com",
                "123456789012.dkr.ecr.us-east-1.on.aws",
                "123456789012.dkr.ecr-x.us-east-1.amazonaws.com",
                "123456789012.dkr.ecr..amazonaws.com"
            })
    void takesNoOtherHostForEcr(String host) {
        assertThat(EcrRegistry.of(host)).isEmpty();
    }

    @Test
    void leavesThePublicGalleryToItsOwnName() {
        ImageReference reference = ImageReference.parse("public.ecr.aws/docker/library/golang:1.17");

        assertThat(reference.registry()).isEqualTo(EcrRegistry.PUBLIC_HOST);
        assertThat(reference.identity()).isEqualTo(reference);
    }

    @ParameterizedTest
    @CsvSource({
        "eu-central-1, amazonaws.com", "us-gov-west-1, amazonaws.com", "cn-north-1, amazonaws.com.cn",
        "eusc-de-east-1, amazonaws.eu", "us-iso-east-1, c2s.ic.gov", "us-isob-east-1, sc2s.sgov.gov",
        "eu-isoe-west-1, cloud.adc-e.uk", "us-isof-south-1, csp.hci.ic.gov"
    })
    void theRegistryOfAnAccountInARegionHasThePartitionsHostName(String region, String suffix) {
        assertThat(EcrRegistry.in("123456789012", region))
                .map(EcrRegistry::plainHost)
                .hasValue("123456789012.dkr.ecr." + region + "." + suffix);
    }

    @ParameterizedTest
    @CsvSource({"12345678901, eu-central-1", "x, eu-central-1", "123456789012, ''", "123456789012, evil.example.com/"})
    void aMalformedAccountOrRegionHasNoRegistry(String account, String region) {
        assertThat(EcrRegistry.in(account, region)).isEmpty();
    }
}
