package dev.imagemirror.operator.dynamodb.item;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;
import dev.imagemirror.operator.domain.Claim;
import dev.imagemirror.operator.domain.CopyJobSpec;
import dev.imagemirror.operator.domain.PairStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads and writes the source and destination of a pair's item. */
final class PairReferences {
    private static final String SOURCE_REFERENCE = "SourceReference";
    private static final String SOURCE_TAG = "SourceTag";
    /** The destination as spelled in the row, if it differs from the sort key. */
    private static final String DESTINATION_REFERENCE = "DestinationReference";

    static final List<String> ATTRIBUTES = List.of(SOURCE_REFERENCE, SOURCE_TAG, DESTINATION_REFERENCE);

    private PairReferences() {}

    static void write(PairStatus status, ItemWriter item) {
        item.text(SOURCE_REFERENCE, status.pair().source())
                .text(SOURCE_TAG, status.pair().source().tag())
                .text(
                        DESTINATION_REFERENCE,
                        status.destination().equals(status.identity()) ? null : status.destination());
    }

    /** The destination as spelled in the row, if it matches the item's key; null if no pair can have that key. */
    static @Nullable ImageReference destination(ItemReader fields, Map<String, AttributeValue> item) {
        String key = StatusItem.destinationOf(item);
        ImageReference spelled =
                fields.find(DESTINATION_REFERENCE, value -> isAt(key, ImageReference.parse(value.s())));
        try {
            return spelled != null ? spelled : isAt(key, ImageReference.parse(key));
        } catch (InvalidReferenceException e) {
            return null;
        }
    }

    /** The reference if a pair with this destination has the key, otherwise null. */
    private static @Nullable ImageReference isAt(String key, ImageReference reference) {
        boolean isDestination = reference.tag() != null && reference.digest() == null;
        return isDestination && reference.identity().toString().equals(key) ? reference : null;
    }

    /** The next pass restores the row's source; until then, the claim's or, failing that, the destination stands in. */
    static ImageReference source(ItemReader fields, @Nullable Claim claim, ImageReference destination) {
        ImageReference claimed = claim == null
                ? null
                : ItemReader.of(Map.of(
                                SOURCE_REFERENCE,
                                AttributeValue.fromS(claim.job().parameters().getOrDefault(CopyJobSpec.SOURCE, ""))))
                        .reference(SOURCE_REFERENCE);
        ImageReference source = fields.find(SOURCE_REFERENCE, value -> {
            ImageReference reference = ImageReference.parse(value.s());
            return reference.wireReference() == null ? null : reference;
        });
        ImageReference instead = claimed != null && claimed.wireReference() != null ? claimed : destination;
        return source != null ? source : instead;
    }
}
