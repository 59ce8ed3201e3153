package dev.imagemirror.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.testing.Fuzz;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Registries' challenges, damaged at random: read or refused, in bounded time. */
class ChallengeFuzzE2E {
    private static final int INPUTS = 20_000;

    @Test
    void headers() throws InterruptedException {
        new Fuzz(
                        63,
                        List.of(
                                "Bearer realm=\"https://auth.example.com/token\",service=\"r\",scope=\"repository:a:pull\"",
                                "Basic realm=x, Bearer realm=\"a\\\"b\""))
                .run(INPUTS, header -> assertThat(Challenge.parse(header)).isNotNull());
    }
}
