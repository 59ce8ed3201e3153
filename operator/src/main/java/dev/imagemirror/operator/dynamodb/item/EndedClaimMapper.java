package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.operator.domain.EndedClaim;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps an ended claim to and from a map in a pair's list of watched ones. */
final class EndedClaimMapper {
    private static final String JOB_NAME = "JobName";
    private static final String QUEUE = "Queue";
    private static final String WATCHED_UNTIL = "WatchedUntil";

    private EndedClaimMapper() {}

    static Map<String, AttributeValue> fields(EndedClaim ended) {
        return new ItemWriter()
                .text(JOB_NAME, ended.jobName())
                .text(QUEUE, ended.queue())
                .instant(WATCHED_UNTIL, ended.watchedUntil())
                .item();
    }

    static EndedClaim ended(ItemReader fields) {
        return new EndedClaim(
                fields.required(JOB_NAME, fields.text(JOB_NAME)),
                fields.required(QUEUE, fields.text(QUEUE)),
                fields.required(WATCHED_UNTIL, fields.instant(WATCHED_UNTIL)));
    }
}
