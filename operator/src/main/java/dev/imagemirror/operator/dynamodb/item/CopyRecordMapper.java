package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.operator.domain.CopyRecord;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps a finished copy to and from a map in a pair's history. */
final class CopyRecordMapper {
    private static final String DIGEST = "Digest";
    private static final String ENDED_AT = "EndedAt";
    private static final String JOB_ID = "JobId";
    private static final String OUTCOME = "Outcome";
    private static final String BYTES = "Bytes";
    private static final String DURATION = "Duration";

    private CopyRecordMapper() {}

    static Map<String, AttributeValue> fields(CopyRecord copy) {
        return new ItemWriter()
                .text(DIGEST, copy.digest())
                .instant(ENDED_AT, copy.endedAt())
                .text(JOB_ID, copy.jobId())
                .text(OUTCOME, copy.outcome())
                .number(BYTES, copy.bytes())
                .text(DURATION, copy.duration().isZero() ? null : copy.duration())
                .item();
    }

    static CopyRecord copy(ItemReader fields) {
        return new CopyRecord(
                fields.digest(DIGEST),
                fields.instant(ENDED_AT),
                fields.text(JOB_ID),
                fields.text(OUTCOME, ""),
                fields.number(BYTES, 0),
                fields.get(DURATION, value -> Duration.parse(value.s()), Duration.ZERO));
    }
}
