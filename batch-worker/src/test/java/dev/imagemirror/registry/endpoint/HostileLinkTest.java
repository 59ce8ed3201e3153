package dev.imagemirror.registry.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.HostileHeaders;
import java.net.URI;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a registry may write as the link to the next page: read as far as it makes sense, and never an exception. */
class HostileLinkTest {
    private static final URI CURRENT = URI.create("https://r.example.com/v2/a/tags/list?n=100");
    private static final int LONG = 1_000_000;

    @Provide
    Arbitrary<String> links() {
        return HostileHeaders.of(
                "<", ">", ";", " ", "rel=\"next\"", "rel=next", "/v2/a/tags/list", "?n=1&last=", "//evil/", "%", "é");
    }

    @Property
    void linksStayAtTheirRegistryOrLeadNowhere(@ForAll("links") String header) {
        if (NextLinkReader.read(CURRENT, header) instanceof NextLink.Page next) {
            assertThat(next.uri().getScheme()).isEqualTo("https");
            assertThat(next.uri().getRawAuthority()).isEqualTo("r.example.com");
            assertThat(next.uri()).isNotEqualTo(CURRENT);
        }
    }

    @Property
    void anyTextIsRead(@ForAll String header) {
        assertThat(NextLinkReader.read(CURRENT, header)).isNotNull();
    }

    @Test
    @Timeout(60)
    void parsingTimeIsLinearInHeaderLength() {
        for (String piece : new String[] {"<", ">;", "<a>;", "<a>; a=\"", " ", ";", "<a>; rel=\"nex"}) {
            assertThat(NextLinkReader.read(CURRENT, piece.repeat(LONG / piece.length() / 10)))
                    .isNotNull();
        }
    }
}
