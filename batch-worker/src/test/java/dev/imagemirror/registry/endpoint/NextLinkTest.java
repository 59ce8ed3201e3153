package dev.imagemirror.registry.endpoint;

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
                "</v2/x/referrers/sha256:0?n=2&last=b%2Fc>; title=\"a; b, <c>\"; rel=\"next\"",
                "</v2/x/referrers/sha256:0?n=2&last=b%2Fc>; title=\"a\\\"; rel=prev\"; rel=\"next\"",
                "</v2/x/referrers/sha256:0?n=2&last=b%2Fc>; rel=\"last next\"",
                "</v2/x/referrers/sha256:0?n=2&last=b%2Fc>; rel=next; rel=prev",
                "</v2/x/first>; title=\"x, </v2/y>; rel=next\"; rel=first,"
                        + " </v2/x/referrers/sha256:0?n=2&last=b%2Fc>; anchor; rel=next",
            })
    void leadsToTheNextPage(String header) {
        assertThat(NextLinkReader.read(CURRENT, header)).isEqualTo(new NextLink.Page(URI.create(NEXT)));
    }

    @Test
    void staysOnHttpsWhereTheRegistryDoesNotKnowOfTheTlsBeforeIt() {
        assertThat(NextLinkReader.read(CURRENT, "<http://a.io/v2/x?last=b>; rel=\"next\""))
                .isEqualTo(new NextLink.Page(URI.create("https://a.io/v2/x?last=b")));
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
        assertThat(fault("<" + target + ">; rel=\"next\"")).contains("not the registry's own", target);
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
                "</v2/x>; rel=\"prev\"; rel=\"next\"",
                "</v2/x?last=next>; rel=\"prev\"",
                "</v2/x>; rel=\"prev\"; title=\"the next one\"",
                "</v2/x>; rel=\"next-page\"",
                "</v2/x>; rel=\"https://a.io/rel/next\"",
                "</v2/x>; rel=\"prev\"; title=\"open",
            })
    void isAbsentIfTheHeaderNamesNone(String header) {
        assertThat(NextLinkReader.read(CURRENT, header)).isEqualTo(new NextLink.None());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<>; rel=\"next\"",
                "</v2/ x>; rel=\"next\"",
                "</v2/x%zz>; rel=\"next\"",
                "/v2/x; rel=\"next\"",
                "<http://[>; rel=\"next\"",
                "</v2/x; rel=\"next\"",
                "</v2/x>; title=\"; rel=next",
                "</v2/x?last=a>; title=\"abc; rel=\"next\"",
                "</v2/x?last=a> rel=\"next\"",
                "</v2/x?last=a>, rel=\"next\"",
                "</v2/x?last=a>: rel=\"Next\"",
                "</v2/x?last=a>; rel next",
                "</v2/x?last=a>; rel='next'",
                "</v2/x?last=a>; rel=next\"",
                "</v2/x?last=a>; rel=\"next,\"",
                "</v2/x?last=a>; \"rel\"=\"next\"",
                "</v2/x?last=a>; =next",
                "</v2/x?last=a>; title=a rel=\"next\"",
                "</v2/x?last=a>; title=a,b; rel=\"NEXT\"",
                "</p>; rel=\"prev\", /v2/x?last=b; rel=\"next\"",
                "</v2/x; rel=\"next\", </p>; rel=\"prev\"",
                "next",
            })
    void isAFaultIfTheNextPageCannotBeAskedFor(String header) {
        assertThat(fault(header)).isNotBlank();
    }

    @Test
    void isAbsentAfterTheLastPage() {
        assertThat(NextLinkReader.read(CURRENT, "")).isEqualTo(new NextLink.None());
    }

    @Test
    void doesNotLeadToThePageItself() {
        assertThat(fault("<" + CURRENT + ">; rel=\"next\"")).contains("names itself");
    }

    private static String fault(String header) {
        NextLink next = NextLinkReader.read(CURRENT, header);
        assertThat(next).isInstanceOf(NextLink.Broken.class);
        return ((NextLink.Broken) next).fault();
    }
}
