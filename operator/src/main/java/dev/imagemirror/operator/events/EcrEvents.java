package dev.imagemirror.operator.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.image.InvalidReferenceException;

/** Parses {@code ECR Image Action}. */
final class EcrEvents {
    private EcrEvents() {}

    static AwsEvent read(JsonNode event) {
        JsonNode detail = event.path("detail");
        String action = detail.path("action-type").asText();
        boolean removed = action.equals("DELETE");
        boolean concerns = event.path("detail-type").asText().equals("ECR Image Action")
                && (removed || action.equals("PUSH"))
                && detail.path("result").asText("SUCCESS").equals("SUCCESS");
        if (!concerns) {
            return new AwsEvent.Irrelevant(
                    "of ECR: " + MessageExcerpt.of(event.path("detail-type").asText() + " " + action));
        }
        return new AwsEvent.ImageChanged(image(event, detail), removed);
    }

    private static ImageReference image(JsonNode event, JsonNode detail) {
        String repository = detail.path("repository-name").asText("");
        String name = EcrRegistry.in(
                        event.path("account").asText(), event.path("region").asText())
                .filter(registry -> !repository.isEmpty())
                .map(registry -> registry.plainHost() + "/" + repository)
                .orElseThrow(() -> unreadable(event));
        String tag = detail.path("image-tag").asText("");
        try {
            ImageReference image = ImageReference.parse(tag.isEmpty() ? name : name + ":" + tag);
            if (image.digest() != null || tag.isEmpty() != (image.tag() == null)) {
                throw unreadable(event);
            }
            return image;
        } catch (InvalidReferenceException e) {
            throw unreadable(event);
        }
    }

    private static UnreadableEventException unreadable(JsonNode event) {
        return new UnreadableEventException(
                "an ECR Image Action that names no image: " + MessageExcerpt.of(event.toString()));
    }
}
