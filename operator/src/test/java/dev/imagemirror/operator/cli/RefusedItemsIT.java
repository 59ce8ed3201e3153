package dev.imagemirror.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.program.Exit;
import dev.imagemirror.testing.image.TestingImages;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What every command says of items of the status table that cannot be read, or that nobody may work on. */
@Timeout(120)
class RefusedItemsIT extends CommandsWithRegistries {
    private static final String ROW = "a.example/team/app:1";
    private static final String NO_PAIR = "b.example/app:a/b";
    private static final String NEWER = "written by a newer version (schema 3); upgrade this operator";
    private static final AttributeValue THREE = AttributeValue.fromN("3");
    private static final AttributeValue ODD = AttributeValue.fromS("?");

    static List<Arguments> refusals() {
        return List.of(
                Arguments.of("copy/app:1", "SchemaVersion", THREE, NEWER),
                Arguments.of("#entry", "SchemaVersion", THREE, NEWER),
                Arguments.of("copy/app:1", "Claim", ODD, "its claim cannot be read"),
                Arguments.of("copy/app:1", "EndedClaims", ODD, "its claim cannot be read"),
                Arguments.of("copy/app:a/b", "Claim", ODD, "its key is not a destination with a tag"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyCommandReportsThemAndRunsExitWithOne(String item, String attribute, AttributeValue value, String reason) {
        TestingImages.small(1).putInto(from, "team/app", "1");
        String source = from.reference("team/app", "1");
        commands.putRow(source, to.reference("copy/app", "1"));
        assertThat(commands.run("once")).as(commands.err()).isEqualTo(Exit.OK);
        commands.spoil(source, item.startsWith("#") ? item : to.authority() + "/" + item, attribute, value);

        assertThat(commands.run("plan")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.lines())
                .anySatisfy(line -> assertThat(line).startsWith("! ").contains(reason));
        for (String run : List.of("once", "sync")) {
            assertThat(run.equals("sync") ? commands.run(run, source) : commands.run(run))
                    .isEqualTo(Exit.SOME_FAILED);
            assertThat(commands.out()).contains(reason);
        }
        assertThat(commands.run("status")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out()).contains(reason).contains("1 entry, 0 ready");
        assertThat(commands.run("status", "--state", "Unknown", "-o", "json")).isEqualTo(Exit.SOME_FAILED);
        assertThat(commands.out()).contains("\"state\" : \"Unknown\"").contains("\"ready\" : \"False\"");
        commands.run("explain", source);
        assertThat(commands.out()).contains(reason).containsPattern("ready:? +False");
    }

    static List<Arguments> unread() {
        return List.of(
                Arguments.of("b.example/app:1", "SchemaVersion", THREE, NEWER, Exit.SOME_FAILED),
                Arguments.of("b.example/app:1", "Claim", ODD, "its claim cannot be read", Exit.SOME_FAILED),
                Arguments.of(NO_PAIR, "Claim", ODD, "its key is not a destination with a tag", Exit.SOME_FAILED),
                Arguments.of(NO_PAIR, "Drift", ODD, "the next reconcile removes it", Exit.OK),
                Arguments.of("#entry", "Version", ODD, "the next reconcile removes it", Exit.OK));
    }

    @ParameterizedTest
    @MethodSource("unread")
    void areShownBeforeAnyPass(String item, String attribute, AttributeValue value, String reason, int exitCode) {
        commands.putRow(ROW, "b.example/app:1");
        commands.spoil(ROW, item, attribute, value);

        assertThat(commands.run("status")).isEqualTo(exitCode);

        assertThat(commands.lines().get(1)).startsWith(ROW).contains("Unknown").contains(reason);
        commands.run("explain", ROW);
        assertThat(commands.out()).contains(reason);
    }

    @ParameterizedTest
    @MethodSource("unread")
    void areShownWithoutARowAndRemovedByAPassUnlessTheyNeedAttention(
            String item, String attribute, AttributeValue value, String reason, int exitCode) {
        commands.spoil(ROW, item, attribute, value);

        assertThat(commands.run("status")).isEqualTo(exitCode);
        assertThat(commands.out()).contains(ROW).contains("the row was deleted");
        assertThat(commands.run("once")).isEqualTo(exitCode);

        boolean isKept = exitCode != Exit.OK;
        assertThat(commands.out().contains(reason)).isEqualTo(isKept);
        assertThat(commands.statusItems()).hasSize(isKept ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Reason", "Drift"})
    void anItemThatTheNextPassWritesAnewIsNotRefused(String attribute) {
        commands.putRow(ROW, "b.example/app:1");
        commands.spoil(ROW, "b.example/app:1", attribute, ODD);
        commands.spoil(ROW, "b.example/app:1", "Message", AttributeValue.fromS("asked again in a minute"));

        assertThat(commands.run("status")).isEqualTo(Exit.OK);

        commands.run("explain", ROW);
        assertThat(commands.out()).contains("next comparison by").doesNotContain("nothing until its item");
    }

    @Test
    void aPlanRemovesNothing() {
        commands.spoil(ROW, NO_PAIR, "Drift", ODD);

        assertThat(commands.run("plan")).isEqualTo(Exit.OK);

        assertThat(commands.out())
                .contains("- " + ROW + ": the row was deleted")
                .contains("the next reconcile removes it");
        assertThat(commands.statusItems()).hasSize(1);
    }
}
