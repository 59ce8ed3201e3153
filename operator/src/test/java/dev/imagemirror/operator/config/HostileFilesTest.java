package dev.imagemirror.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.policy.PolicyException;
import dev.imagemirror.operator.policy.PolicyReader;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Configurations and policies as nobody should write them: read, or refused with what is wrong. */
class HostileFilesTest {
    private static final int LONG = 200_000;

    @Provide
    Arbitrary<String> files() {
        return Arbitraries.of(
                        "loop",
                        "tables",
                        "interval",
                        "spec",
                        "mirrors",
                        "apiVersion",
                        "kind",
                        "metadata",
                        ":",
                        ": ",
                        "\n",
                        "\n  ",
                        "- ",
                        "[",
                        "]",
                        "{",
                        "}",
                        "'",
                        "\"",
                        "&a ",
                        "*a",
                        "!!int ",
                        "---\n",
                        "15m",
                        "-1",
                        "é",
                        "\t",
                        "|",
                        "#")
                .list()
                .ofMaxSize(30)
                .map(list -> String.join("", list));
    }

    @Property
    void aConfigurationIsReadOrRefused(@ForAll("files") String yaml) {
        read(yaml);
    }

    @Property
    void anyTextIsAConfigurationOrRefused(@ForAll String yaml, @ForAll Map<String, String> environment) {
        read(yaml);
        try {
            ConfigLoader.load(null, environment);
        } catch (ConfigException e) {
            assertThat(e).hasMessageNotContaining("Exception:");
        }
    }

    @Property
    void policiesAreReadOrRefused(@ForAll("files") String yaml) {
        readPolicies(yaml);
    }

    @Test
    @Timeout(60)
    void deepAndLongFilesAreRefused() {
        for (String piece : List.of("[", "{a: ", "a:\n", "- ", "? ", "9", "'", "- - ", "---\n")) {
            read(piece.repeat(LONG / piece.length()));
            readPolicies(piece.repeat(LONG / piece.length()));
        }
    }

    /** Each line names the one before ten times: a billion strings, were they all made. */
    @Test
    @Timeout(60)
    void aliasesThatMultiplyAreRefused() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 10; i++) {
            String before = "*a" + (i - 1);
            yaml.append("a").append(i).append(": &a").append(i).append(" [").append((before + ",").repeat(9));
            yaml.append(before).append("]\n");
        }
        read(yaml.toString());
        readPolicies(yaml.toString());
    }

    private static void read(String yaml) {
        try {
            assertThat(ConfigLoader.load(yaml, Map.of()).config()).isNotNull();
        } catch (ConfigException e) {
            assertThat(e).hasMessageNotContaining("Exception:");
        }
    }

    private static void readPolicies(String yaml) {
        try {
            assertThat(PolicyReader.read(yaml)).isNotNull();
        } catch (PolicyException e) {
            assertThat(e).hasMessageNotContaining("Exception:");
        }
    }
}
