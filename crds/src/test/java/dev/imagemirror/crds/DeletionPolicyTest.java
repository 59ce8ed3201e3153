package dev.imagemirror.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import org.junit.jupiter.api.Test;

class DeletionPolicyTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void isWrittenAsTheWordsOfTheResource() throws Exception {
        assertThat(json.writeValueAsString(DeletionPolicy.values())).isEqualTo("[\"Delete\",\"Orphan\"]");
    }

    @Test
    void readsBackWhatItWrites() throws Exception {
        for (DeletionPolicy policy : DeletionPolicy.values()) {
            assertThat(json.readValue(json.writeValueAsString(policy), DeletionPolicy.class))
                    .isEqualTo(policy);
        }
    }

    @Test
    void refusesAWordThatIsNotAPolicy() {
        assertThatThrownBy(() -> json.readValue("\"Keep\"", DeletionPolicy.class))
                .isInstanceOf(InvalidFormatException.class)
                .hasMessageContaining("Keep");
    }
}
