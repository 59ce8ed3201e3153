package dev.imagemirror.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.Visible;
import dev.imagemirror.testing.HostileTexts;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void haveOnlyWhatCanBeSeen() {
        HostileTexts.all().forEach(text -> {
            assertThat(Texts.cut(text, 200)).isEqualTo(Visible.of(text));
            assertThat(Texts.joined(List.of(text, text), 400)).isEqualTo(Visible.of(text + "; " + text));
        });
    }

    @Test
    void haveNoCredentials() {
        String text = "bob:hunter2@host.example/x:1 and https://ann:hunter2@host.example/";

        assertThat(Texts.cut(text, 200)).doesNotContain("hunter2").contains("host.example/x:1");
        assertThat(Texts.joined(List.of("a", text), 200)).doesNotContain("hunter2");
    }

    @Test
    void areNoLongerThanTheyMayBeOnceTheyAreVisible() {
        String text = "\u202e".repeat(30);

        assertThat(Texts.cut(text, 100)).hasSize(100).endsWith("…");
        assertThat(Texts.joined(List.of(text, text), 100))
                .hasSizeLessThanOrEqualTo(100)
                .endsWith("; and 1 more");
    }
}
