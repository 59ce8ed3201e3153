package dev.imagemirror.operator.kubernetes;

import dev.imagemirror.crds.MirrorPolicy;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what has happened to a policy, as Kubernetes Events; what has happened before is counted instead of told
 * anew. An event that cannot be written is only logged. Thread-safe.
 */
final class EventRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final String COMPONENT = "mirror-operator";
    private static final int REMEMBERED = 1_000;
    private static final int NOT_FOUND = 404;

    /** Events with these are the same. */
    private record Subject(String uid, String reason, String message) {}

    private record Told(String name, int count) {}

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<Subject, Told> told = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subject, Told> eldest) {
            return size() > REMEMBERED;
        }
    };

    EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Tells, or counts. */
    synchronized void record(MirrorPolicy policy, PolicyNews.News news) {
        Subject subject = new Subject(policy.getMetadata().getUid(), news.reason(), news.message());
        try {
            Told before = told.get(subject);
            told.put(subject, before == null || !count(policy, before) ? tell(policy, news) : next(before));
        } catch (KubernetesClientException e) {
            LOG.warn("an event could not be written: {}", e.getMessage());
        }
    }

    private static Told next(Told before) {
        return new Told(before.name(), before.count() + 1);
    }

    private Told tell(MirrorPolicy policy, PolicyNews.News news) {
        Instant now = clock.instant();
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        ObjectReference regarding = regarding(policy);
        long unique = now.getEpochSecond() * 1_000_000_000 + now.getNano() + told.size();
        String name = regarding.getName() + "." + Long.toHexString(unique);
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
        client.v1()
                .events()
                .inNamespace(regarding.getNamespace())
                .resource(event)
                .create();
        return new Told(name, 1);
    }

    /** False if the event is gone: the server keeps events for an hour or so. */
    private boolean count(MirrorPolicy policy, Told before) {
        String namespace = policy.getMetadata().getNamespace();
        String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        String patch = "{\"count\":" + (before.count() + 1) + ",\"lastTimestamp\":\"" + time + "\"}";
        try {
            client.v1()
                    .events()
                    .inNamespace(namespace)
                    .withName(before.name())
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
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
