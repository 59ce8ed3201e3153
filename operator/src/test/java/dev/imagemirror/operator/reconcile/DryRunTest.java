package dev.imagemirror.operator.reconcile;

import static dev.imagemirror.operator.testing.TestingValues.full;
import static dev.imagemirror.operator.testing.TestingValues.fullEntry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.operator.domain.EntryKey;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.UnreadableItem;
import dev.imagemirror.operator.port.Ports;
import dev.imagemirror.operator.port.RepositoryCreator;
import dev.imagemirror.operator.port.StatusTable;
import dev.imagemirror.operator.reconcile.dry.DryRun;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A dry run reads the table and never writes it. */
class DryRunTest {
    private static final Set<String> READS = Set.of("load", "scan", "ownerOf");

    private final Scene scene = new Scene();
    private final StatusTable table = DryRun.over(new Ports(
                    scene.mirrors,
                    scene.statuses,
                    scene.registries,
                    scene.queue,
                    destination -> new RepositoryCreator.Exists()))
            .ports()
            .statuses();

    @Test
    void noWriteReachesTheTable() {
        EntryKey key = new EntryKey(Scene.SOURCE);
        PairStatus pair = full(Scene.SOURCE, Scene.DESTINATION);
        scene.mirrors.row(Scene.SOURCE, Scene.DESTINATION);
        MirrorRow row = scene.mirrors.row(Scene.SOURCE);

        table.write(fullEntry(Scene.SOURCE));
        table.write(pair.withClaim(null));
        table.claim(row, List.of(pair));
        table.change(List.of(pair));
        table.own(pair.destination(), key);
        table.remove(pair);
        table.remove(fullEntry(Scene.SOURCE));
        table.discard(new UnreadableItem(key, "a.example.com/golang:1.17", "odd", true));

        assertThat(scene.statuses.writes()).isZero();
        assertThat(scene.statuses.pairs()).isEmpty();
        assertThat(scene.statuses.ownerOf(pair.destination())).isEmpty();
    }

    @Test
    void noOwnerIsExchangedInTheTable() {
        PairStatus pair = full(Scene.SOURCE, Scene.DESTINATION);
        scene.statuses.own(pair.destination(), new EntryKey(Scene.SOURCE));
        StatusTable.Owner owner = scene.statuses.ownerOf(pair.destination()).orElseThrow();

        table.exchange(pair.destination(), owner, new EntryKey("another"));

        assertThat(scene.statuses.ownerOf(pair.destination())).contains(owner);
    }

    @Test
    void writesAreAnsweredByTheDryRun() {
        assertThat(Stream.of(StatusTable.class.getMethods()).filter(method -> !READS.contains(method.getName())))
                .isNotEmpty()
                .allSatisfy(this::isOverridden);
    }

    private void isOverridden(Method method) throws NoSuchMethodException {
        Method ours = table.getClass().getMethod(method.getName(), method.getParameterTypes());
        assertThat(ours.getDeclaringClass()).as(method.toString()).isEqualTo(table.getClass());
    }
}
