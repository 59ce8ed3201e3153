package dev.imagemirror.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The settings of docs/configuration.md match the code. {@code -Dimagemirror.write=true} rewrites them. */
class ConfigurationReferenceTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final String END = "<!-- /settings -->";

    @Test
    void referenceListsEverySettingCorrectly() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf('\n', page.indexOf("<!-- settings")) + 1;
        int end = page.indexOf(END);
        if (Boolean.getBoolean("imagemirror.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end))
                .as("docs/configuration.md; -Dtest=ConfigurationReferenceTest -Dimagemirror.write=true rewrites it")
                .isEqualTo(table());
    }

    private static String table() {
        return Settings.ALL.stream()
                .map(ConfigurationReferenceTest::line)
                .collect(Collectors.joining("", "| key, variable | default | meaning |\n|---|---|---|\n", ""));
    }

    private static String line(Setting<?> setting) {
        String unset = setting.unset().isEmpty() ? "none" : "`" + setting.unset() + "`";
        return "| `" + setting.key() + "`<br>`" + setting.variable() + "` | " + unset + " | " + setting.description()
                + ": " + setting.format().expected() + " |\n";
    }
}
