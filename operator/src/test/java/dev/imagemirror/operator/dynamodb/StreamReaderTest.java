package dev.imagemirror.operator.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;

class StreamReaderTest {
    private final TestingStreams streams = new TestingStreams();
    private final TestingListener heard = new TestingListener();
    private final StreamShards shards = new StreamShards(new TestingTables(), streams, "mirrors");

    @Test
    void readsWhatChangesAfterItWasOpened() {
        streams.open("a", null);
        streams.put("a", "before");
        StreamReader reader = open();

        streams.put("a", "one", "two", "three");
        readOnce(reader);

        assertThat(heard.sources()).containsExactly("one", "two", "three");
        assertThat(heard.losses()).isZero();
    }

    @Test
    void readsAllShardsOfAllPages() {
        for (String shard : new String[] {"a", "b", "c", "d", "e"}) {
            streams.open(shard, null);
        }
        StreamReader reader = open();

        streams.put("a", "in a");
        streams.put("e", "in e");
        readOnce(reader);

        assertThat(heard.sources()).containsExactly("in a", "in e");
    }

    @Test
    void readsBothChildrenOfASplitFromTheirBegin() {
        streams.open("parent", null);
        StreamReader reader = open();

        streams.put("parent", "last of parent");
        split("parent", "left", "right");
        streams.put("left", "first of left");
        streams.put("right", "first of right");
        readOnce(reader);
        readOnce(reader);

        assertThat(heard.sources()).containsExactly("last of parent", "first of left", "first of right");
    }

    @Test
    void readsGenerationsInOrderThoughAllWereClosedMeanwhile() {
        streams.open("one", null);
        StreamReader reader = open();

        streams.put("one", "1", "2", "3");
        streams.close("one");
        streams.open("three", "two");
        streams.open("two", "one");
        streams.put("two", "4", "5", "6");
        streams.close("two");
        streams.put("three", "7");
        for (int i = 0; i < 4; i++) {
            readOnce(reader);
        }

        assertThat(heard.sources()).containsExactly("1", "2", "3", "4", "5", "6", "7");
    }

    @Test
    void doesNotReadShardsClosedBeforeItWasOpened() {
        streams.open("old", null);
        streams.put("old", "before");
        streams.close("old");
        streams.open("new", "old");
        StreamReader reader = open();

        streams.put("new", "after");
        readOnce(reader);

        assertThat(heard.sources()).containsExactly("after");
    }

    @Test
    void findsASuccessorThatAppearsLate() {
        streams.open("parent", null);
        streams.open("other", null);
        StreamReader reader = open();
        streams.close("parent");
        for (int i = 0; i < 5; i++) {
            readOnce(reader);
        }

        streams.open("child", "parent");
        streams.put("child", "late");
        readOnce(reader);
        readOnce(reader);

        assertThat(heard.sources()).containsExactly("late");
    }

    @Test
    void findsAShardWithoutAParentInTime() {
        streams.open("a", null);
        StreamReader reader = open();

        streams.open("unrelated", null);
        streams.put("unrelated", "found");
        for (int i = 0; i < 41; i++) {
            readOnce(reader);
        }

        assertThat(heard.sources()).containsExactly("found");
    }

    @Test
    void asksForShardsSeldomWhileNoneCloses() {
        streams.open("a", null);
        StreamReader reader = open();

        for (int i = 0; i < 39; i++) {
            readOnce(reader);
        }

        assertThat(streams.listings()).as("the one at first").isEqualTo(1);
    }

    @Test
    void stopsAskingEagerlyForASuccessorThatNeverComes() {
        streams.open("ending", null);
        streams.open("living", null);
        StreamReader reader = open();
        streams.close("ending");

        for (int i = 0; i < 61; i++) {
            readOnce(reader);
        }

        assertThat(streams.listings()).isLessThan(30);
    }

    @Test
    void readsOnAfterTheLastRecordWhenAnIteratorExpires() {
        streams.open("a", null);
        StreamReader reader = open();
        streams.put("a", "one");
        readOnce(reader);

        streams.expireIterators();
        streams.put("a", "two");
        readOnce(reader);
        readOnce(reader);

        assertThat(heard.sources()).containsExactly("one", "two");
        assertThat(heard.losses()).isZero();
    }

    @Test
    void saysThatChangesAreLostWhenAnIteratorExpiresBeforeTheFirstRecord() {
        streams.open("a", null);
        StreamReader reader = open();

        streams.put("a", "not to be known");
        streams.expireIterators();
        readOnce(reader);
        readOnce(reader);
        streams.put("a", "two");
        readOnce(reader);

        assertThat(heard.losses()).isEqualTo(1);
        assertThat(heard.sources()).containsExactly("two");
    }

    @Test
    void saysThatChangesAreLostWhenRecordsWereTrimmed() {
        streams.open("a", null);
        StreamReader reader = open();
        streams.put("a", "one");
        readOnce(reader);

        streams.put("a", "two", "three", "four");
        streams.trim("a");
        streams.put("a", "five");
        readOnce(reader);
        readOnce(reader);

        assertThat(heard.losses()).isEqualTo(1);
        assertThat(heard.sources()).containsExactly("one", "five");
    }

    @Test
    void readsOtherShardsThoughOneFails() {
        streams.open("a", null);
        streams.open("b", null);
        StreamReader reader = open();
        streams.put("a", "in a");
        streams.put("b", "in b");
        streams.failReads(
                InternalServerErrorException.builder().message("sorry").build());

        assertThat(catchThrowable(() -> readOnce(reader))).isInstanceOf(InternalServerErrorException.class);
        assertThat(heard.sources()).containsExactly("in b");

        readOnce(reader);
        assertThat(heard.sources()).containsExactly("in b", "in a");
    }

    @Test
    void endsWithADisabledStream() {
        streams.open("a", null);
        StreamReader reader = open();

        streams.put("a", "last");
        streams.disable();

        assertThat(reader.readRound(() -> false)).isFalse();
        assertThat(heard.sources()).containsExactly("last");
    }

    @Test
    void refusesAStreamThatIsDisabled() {
        streams.open("a", null);
        streams.disable();

        assertThatIllegalStateException().isThrownBy(this::open).withMessageContaining("disabled");
    }

    @Test
    void readsTheFirstShardOfAStreamThatHadNone() {
        StreamReader reader = open();
        readOnce(reader);

        streams.open("first", null);
        streams.put("first", "one");
        readOnce(reader);
        readOnce(reader);

        assertThat(heard.sources()).containsExactly("one");
    }

    private StreamReader open() {
        return StreamReader.fromNowOn(streams, shards, heard);
    }

    private static void readOnce(StreamReader reader) {
        assertThat(reader.readRound(() -> false)).isTrue();
    }

    private void split(String parent, String... children) {
        streams.close(parent);
        for (String child : children) {
            streams.open(child, parent);
        }
    }
}
