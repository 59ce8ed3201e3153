package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJobSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps a claim to and from a map in a pair's item. */
public final class ClaimMapper {
    private static final String ID = "Id";
    private static final String CLAIMANT = "Claimant";
    private static final String EPOCH = "Epoch";
    private static final String CLAIMED_AT = "ClaimedAt";
    private static final String DIGEST = "Digest";
    private static final String JOB_ID = "JobId";
    private static final String QUEUE = "Queue";
    private static final String DEFINITION = "Definition";
    private static final String PARAMETERS = "Parameters";
    private static final String ENVIRONMENT = "Environment";
    private static final String DEADLINE = "DeadlineSeconds";

    private ClaimMapper() {}

    public static Map<String, AttributeValue> fields(Claim claim) {
        CopyJobSpec job = claim.job();
        return new ItemWriter()
                .text(ID, claim.id())
                .text(CLAIMANT, claim.claimant())
                .number(EPOCH, claim.epoch())
                .instant(CLAIMED_AT, claim.claimedAt())
                .text(DIGEST, claim.digest())
                .text(JOB_ID, claim.jobId())
                .text(QUEUE, job.queue())
                .text(DEFINITION, job.definition())
                .map(PARAMETERS, job.parameters(), AttributeValue::fromS)
                .map(ENVIRONMENT, job.environment(), AttributeValue::fromS)
                .number(DEADLINE, job.deadlineSeconds())
                .item();
    }

    static Claim claim(ItemReader fields) {
        CopyJobSpec job = new CopyJobSpec(
                required(fields, QUEUE),
                required(fields, DEFINITION),
                texts(fields, PARAMETERS),
                texts(fields, ENVIRONMENT),
                fields.count(DEADLINE));
        return new Claim(
                required(fields, ID),
                required(fields, CLAIMANT),
                fields.count(EPOCH),
                fields.required(CLAIMED_AT, fields.instant(CLAIMED_AT)),
                fields.required(DIGEST, fields.digest(DIGEST)),
                job,
                fields.text(JOB_ID));
    }

    private static String required(ItemReader fields, String name) {
        return fields.required(name, fields.text(name));
    }

    private static Map<String, String> texts(ItemReader fields, String name) {
        Map<String, String> texts = fields.map(name, inner -> {
            Map<String, String> values = new LinkedHashMap<>();
            inner.names().forEach(key -> values.put(key, inner.text(key, "")));
            return values;
        });
        return texts == null ? Map.of() : texts;
    }
}
