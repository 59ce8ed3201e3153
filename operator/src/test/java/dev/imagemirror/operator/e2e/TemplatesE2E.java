package dev.imagemirror.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CloudFormation templates, read by AWS's linter. */
class TemplatesE2E {
    @BeforeAll
    static void findTheLinter() {
        PythonTools.require("cfn-lint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"repository.yaml", "environment.yaml"})
    void aTemplateHasNeitherErrorsNorWarnings(String name) throws IOException, InterruptedException {
        Path template = Path.of("..", "cloudformation", name);
        Peers.Result result = Peers.run(List.of(PythonTools.path("cfn-lint"), template.toString()));
        assertThat(result.output()).isEmpty();
        assertThat(result.exit()).isZero();
    }
}
