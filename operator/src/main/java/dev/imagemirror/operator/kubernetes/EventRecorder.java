package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.MirrorPolicy;
import dev.imagemirror.image.Visible;
import dev.imagemirror.operator.engine.LogLimit;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records Kubernetes Events about policies; repeated events raise the count instead. A failed write is only logged, at
 * most once a minute. Thread-safe.
 */
final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final String COMPONENT = "mirror-operator";
    private static final int REMEMBERED = 1_000;
    private static final int NOT_FOUND = 404;
    /** Names are limited to 253 characters. */
    private static final int MAX_BEGINNING = 230;
    /** As long as the condition messages they quote, plus a few words. */
    private static final int MAX_MESSAGE = PolicyStatusFactory.MAX_MESSAGE + 256;

    /** Events with equal subjects are repetitions. */
    private record Subject(String uid, String reason, String message) {}

    private final KubernetesClient client;
    private final Clock clock;
    private final LogLimit failures = new LogLimit(System::nanoTime);
    private final Map<Subject, Event> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Event> eldest) {
            return size() > REMEMBERED;
        }
    };

    EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Records an event, or counts a repetition. */
    synchronized void record(MirrorPolicy policy, PolicyEvents.News happened) {
        PolicyEvents.News news = new PolicyEvents.News(
                happened.isWarning(), Visible.of(happened.reason()), Texts.cut(happened.message(), MAX_MESSAGE));
        Subject subject = new Subject(policy.getMetadata().getUid(), news.reason(), news.message());
        try {
            Event before = told.get(subject);
            Event again = before == null ? null : count(before);
            told.put(subject, again == null ? tell(policy, news) : again);
        } catch (KubernetesClientException e) {
            failures.happened(1, more -> LOG.warn("cannot write an event: {}{}", e.getMessage(), more));
        }
    }

    private Event tell(MirrorPolicy policy, PolicyEvents.News news) {
        Instant now = clock.instant();
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectReference regarding = regarding(policy);
        long unique = now.getEpochSecond() * 1_000_000_000 + now.getNano() + told.size();
        String beginning = regarding
                .getName()
                .substring(0, Math.min(MAX_BEGINNING, regarding.getName().length()));
        String name = beginning.replaceFirst("[.-]+$", "") + "." + Long.toHexString(unique);
        Event event = new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(regarding.getNamespace())
                .endMetadata()
                .withInvolvedObject(regarding)
                .withType(news.isWarning() ? "Warning" : "Normal")
                .withReason(news.reason())
                .withMessage(news.message())
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .withReportingComponent(COMPONENT)
                .withFirstTimestamp(time)
                .withLastTimestamp(time)
                .withCount(1)
                .build();
        client.resource(event).create();
        return event;
    }

    /** Null if the event is gone: the server keeps events for about an hour. Needs no permission to read events. */
    private @Nullable Event count(Event before) {
        Event again = new EventBuilder(before)
                .withCount(before.getCount() + 1)
                .withLastTimestamp(
                        clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .build();
        try {
            client.resource(again).patch(PatchContext.of(PatchType.JSON_MERGE));
            return again;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private static ObjectReference regarding(MirrorPolicy policy) {
        return new ObjectReferenceBuilder()
                .withApiVersion(policy.getApiVersion())
                .withKind(policy.getKind())
                .withNamespace(policy.getMetadata().getNamespace())
                .withName(policy.getMetadata().getName())
                .withUid(policy.getMetadata().getUid())
                .build();
    }
}
