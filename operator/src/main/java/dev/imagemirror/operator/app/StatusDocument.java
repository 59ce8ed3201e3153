package dev.imagemirror.operator.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyRecord;
import dev.imagemirror.operator.domain.EntryView;
import dev.imagemirror.operator.domain.PairStatus;
import dev.imagemirror.operator.domain.SourceTag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entries for programs: the names are those of the status table's attributes in lower camel case, and stay. */
final class StatusDocument {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

    private StatusDocument() {}

    static String json(List<EntryView> entries) {
        return text(JSON, entries) + "\n";
    }

    static String yaml(List<EntryView> entries) {
        return text(YAML, entries);
    }

    private static String text(ObjectMapper mapper, List<EntryView> entries) {
        try {
            return mapper.writeValueAsString(Map.of(
                    "entries", entries.stream().map(StatusDocument::entry).toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts can be written", e);
        }
    }

    private static Map<String, Object> entry(EntryView entry) {
        Fields fields = new Fields();
        fields.put("source", entry.key());
        fields.put("ready", entry.ready());
        fields.put("state", entry.word());
        fields.put("reason", entry.reason());
        fields.put("revision", entry.status().summary().row().revision());
        fields.map.put("notices", entry.status().summary().row().notices());
        fields.map.put("counts", entry.counts());
        fields.map.put("problems", entry.problems());
        fields.put("message", entry.status().summary().message());
        fields.put("observedAt", entry.status().observedAt());
        Map<String, Object> tags = new LinkedHashMap<>();
        entry.status().tags().forEach((name, tag) -> tags.put(name, tag(tag)));
        fields.map.put("tags", tags);
        fields.map.put("pairs", entry.pairs().stream().map(StatusDocument::pair).toList());
        return fields.map;
    }

    private static Map<String, Object> tag(SourceTag tag) {
        Fields fields = new Fields();
        fields.put("current", tag.current());
        fields.put("since", tag.since());
        fields.map.put("changes", tag.changes());
        fields.map.put("known", tag.known().stream().map(Object::toString).toList());
        return fields.map;
    }

    private static Map<String, Object> pair(PairStatus pair) {
        Fields fields = new Fields();
        fields.put("sourceReference", pair.pair().source());
        fields.put("sourceTag", pair.pair().source().tag());
        fields.put("destination", pair.destination());
        fields.put("state", pair.state().word());
        fields.put("drift", pair.state().drift().word());
        fields.put("phase", pair.state().phase().word());
        fields.put(
                "reason",
                pair.state().reason() == null ? null : pair.state().reason().word());
        fields.put("message", pair.state().message());
        fields.put("sourceDigest", pair.seen().source());
        fields.put("destinationDigest", pair.seen().destination());
        fields.put("observedAt", pair.times().observedAt());
        fields.put("lastTransitionAt", pair.times().lastTransitionAt());
        fields.put("lastSyncedAt", pair.times().lastSyncedAt());
        fields.map.put("attempts", pair.progress().retry().attempts());
        fields.map.put("divergences", pair.progress().retry().divergences());
        fields.put("retryDigest", pair.progress().retry().digest());
        fields.put("nextAttemptAt", pair.progress().retry().nextAttemptAt());
        if (pair.claim() != null) {
            fields.map.put("claim", claim(pair.claim()));
        }
        fields.map.put(
                "history",
                pair.progress().history().stream().map(StatusDocument::copy).toList());
        return fields.map;
    }

    private static Map<String, Object> claim(Claim claim) {
        Fields fields = new Fields();
        fields.put("id", claim.id());
        fields.put("claimant", claim.claimant());
        fields.map.put("epoch", claim.epoch());
        fields.put("claimedAt", claim.claimedAt());
        fields.put("digest", claim.digest());
        fields.put("jobId", claim.jobId());
        fields.put("queue", claim.job().queue());
        fields.put("definition", claim.job().definition());
        fields.map.put("deadlineSeconds", claim.job().deadlineSeconds());
        return fields.map;
    }

    private static Map<String, Object> copy(CopyRecord copy) {
        Fields fields = new Fields();
        fields.put("digest", copy.digest());
        fields.put("endedAt", copy.endedAt());
        fields.put("jobId", copy.jobId());
        fields.put("outcome", copy.outcome());
        fields.map.put("bytes", copy.bytes());
        fields.put("duration", copy.duration());
        return fields.map;
    }

    /** Fields in their order; those without a value are left out. */
    private static final class Fields {
        private final Map<String, Object> map = new LinkedHashMap<>();

        void put(String name, Object value) {
            if (value != null && !value.toString().isEmpty()) {
                map.put(name, value.toString());
            }
        }
    }
}
