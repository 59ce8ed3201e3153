package dev.imagemirror.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class UnknownVariablesTest {
    @Test
    void aMisspeltVariableIsNamed() {
        assertThat(UnknownVariables.warnings(
                        Map.of("MIRROR_OPERATOR_JOB_MODE", "local", "MIRROR_OPERATOR_JOBS_MODE", "local")))
                .singleElement()
                .asString()
                .contains("MIRROR_OPERATOR_JOB_MODE");
    }

    @Test
    void ignoresVariablesOfKubernetesAndTheLauncher() {
        assertThat(UnknownVariables.warnings(Map.of(
                        "MIRROR_OPERATOR_SERVICE_HOST", "10.0.0.1",
                        "MIRROR_OPERATOR_PORT", "tcp://10.0.0.1:8080",
                        "MIRROR_OPERATOR_PORT_8080_TCP", "x",
                        "MIRROR_OPERATOR_LOG_LEVEL", "INFO",
                        "PATH", "x")))
                .isEmpty();
    }
}
