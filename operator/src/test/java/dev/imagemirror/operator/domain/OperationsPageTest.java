package dev.imagemirror.operator.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/operations.md says of every word that people see what it means. */
class OperationsPageTest {
    private final String page = Files.readString(Path.of("../docs/operations.md"));

    OperationsPageTest() throws IOException {}

    @Test
    void listsEveryReason() {
        for (Reason reason : Reason.values()) {
            assertThat(page).contains("`" + reason.word() + "`");
        }
    }

    @Test
    void listsEveryState() {
        for (SyncState state : SyncState.values()) {
            assertThat(page).contains("`" + state.word() + "`");
        }
    }
}
