package dev.imagemirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NextLinkTest {
    private static final URI CURRENT = URI.create("https://a.io/v2/x/referrers/sha256:0?n=2");
    private static final String NEXT = "https://a.io/v2/x/referrers/sha256:0?n=2&last=b%2Fc";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</v2/x/referrers/sha256:0?n=2&last=b%2Fc>; rel=\"next\"",
                "<https://a.io/v2/x/referrers/sha256:0?n=2&last=b%2Fc>; rel=\"next\"",
                "<https://A.io/v2/x/referrers/sha256:0?n=2&last=b%2Fc>; rel=\"next\"",
                "<?n=2&last=b%2Fc>;rel=next",
                "</v2/x/referrers/sha256:0?n=2&last=b%2Fc> ; rel = next",
                "</v2/x/referrers/sha256:0?n=2&last=b%2Fc>; REL=\"Next\"",
                "</v2/x/referrers/sha256:0?n=2&last=b%2Fc>; title=\"more\"; rel=\"next\"",
                "</v2/x/referrers/sha256:0?n=2&last=b%2Fc>; rel=\"next\"; title=\"more\"",
                "</v2/x/first>; rel=\"prev\", </v2/x/referrers/sha256:0?n=2&last=b%2Fc>; rel=\"next\"",
            })
    void leadsToTheNextPage(String header) {
        assertThat(NextLink.of(CURRENT, header)).hasToString(NEXT);
    }

    @Test
    void staysOnHttpsWhereTheRegistryDoesNotKnowOfTheTlsBeforeIt() {
        assertThat(NextLink.of(CURRENT, "<http://a.io/v2/x?last=b>; rel=\"next\""))
                .hasToString("https://a.io/v2/x?last=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://b.io/v2/x",
                "https://a.io:8443/v2/x",
                "https://a.io.evil.example/v2/x",
                "https://user@a.io/v2/x",
                "//b.io/v2/x",
                "mailto:a@a.io",
                "file:///etc/passwd"
            })
    void doesNotLeaveTheHost(String target) {
        assertThat(NextLink.of(CURRENT, "<" + target + ">; rel=\"next\"")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''",
                "garbage",
                "</v2/x>",
                "</v2/x>; rel=\"prev\"",
                "</v2/x>; rel=\"nextish\"",
                "</v2/x>; norel=\"next\"",
                "<>; rel=\"next\"",
                "</v2/ x>; rel=\"next\"",
                "</v2/x%zz>; rel=\"next\"",
                "/v2/x; rel=\"next\"",
                "<http://[>; rel=\"next\"",
            })
    void isNoneIfNoneCanBeRead(String header) {
        assertThat(NextLink.of(CURRENT, header)).isNull();
    }

    @Test
    void isNoneAfterTheLastPage() {
        assertThat(NextLink.of(CURRENT, null)).isNull();
    }

    @Test
    void doesNotLeadToThePageItself() {
        assertThat(NextLink.of(CURRENT, "<" + CURRENT + ">; rel=\"next\"")).isNull();
    }
}
