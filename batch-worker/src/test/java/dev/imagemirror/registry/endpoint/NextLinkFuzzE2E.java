package dev.imagemirror.registry.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.Fuzz;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links to next pages, damaged at random: read or refused, in bounded time. */
class NextLinkFuzzE2E {
    private static final int INPUTS = 20_000;
    private static final URI CURRENT = URI.create("https://r.example.com/v2/a/tags/list?n=1");

    @Test
    void headers() throws InterruptedException {
        new Fuzz(64, List.of("</v2/a/tags/list?n=1&last=b>; rel=\"next\"")).run(INPUTS, NextLinkFuzzE2E::readHeader);
    }

    private static void readHeader(String header) {
        if (NextLinkReader.read(CURRENT, header) instanceof NextLink.Page next) {
            assertThat(next.uri().getRawAuthority()).isEqualTo("r.example.com");
        }
    }
}
