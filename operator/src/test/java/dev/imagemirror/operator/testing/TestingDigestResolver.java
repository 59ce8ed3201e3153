package dev.imagemirror.operator.testing;

import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.Resolution;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.operator.port.RegistryBusyException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Registries that have what a test says: {@link Resolution.Missing} for every reference that it said nothing about. All
 * methods may be called from any thread.
 */
public final class TestingDigestResolver implements DigestResolver {
    /** What is asked for by {@link DigestResolver#resolve}. */
    public record Question(ImageReference reference, Freshness freshness) {}

    private record Image(String repository, Digest digest) {}

    private final Map<ImageReference, Supplier<Resolution>> answers = new ConcurrentHashMap<>();
    private final Map<String, TagListing> tags = new ConcurrentHashMap<>();
    private final Map<Image, Set<Digest>> referrers = new ConcurrentHashMap<>();
    private final Map<Image, Resolution> unreadable = new ConcurrentHashMap<>();
    private final Set<Digest> unrelated = ConcurrentHashMap.newKeySet();
    private final Set<Image> absent = ConcurrentHashMap.newKeySet();
    private final Map<Image, String> oddities = new ConcurrentHashMap<>();
    private final List<Set<Digest>> confirmations = Collections.synchronizedList(new ArrayList<>());
    private final Map<Image, Long> sizes = new ConcurrentHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final List<Question> questions = Collections.synchronizedList(new ArrayList<>());
    private final List<Question> tagQuestions = Collections.synchronizedList(new ArrayList<>());

    /** From now on the reference, with its tag or digest, has this answer. */
    public void answer(String reference, Resolution resolution) {
        answer(reference, () -> resolution);
    }

    /** From now on the reference's answer is had from the supplier, at each question. */
    public void answer(String reference, Supplier<Resolution> resolution) {
        answers.put(ImageReference.parse(reference), resolution);
    }

    /** From now on the reference has this digest. */
    public void found(String reference, Digest digest) {
        answer(reference, new Resolution.Found(digest));
    }

    /** The repository has these tags. */
    public void tags(String repository, String... present) {
        listing(repository, new TagListing(List.of(present), null));
    }

    /** The repository's tags cannot be read. */
    public void noTags(String repository, Resolution failure) {
        listing(repository, new TagListing(List.of(), failure));
    }

    /** These refer to the image, at this repository; nothing does as long as a test does not say so. */
    public void referrers(String repository, Digest image, Digest... referring) {
        Image referred = image(ImageReference.parse(repository), image);
        unreadable.remove(referred);
        referrers.put(referred, Set.of(referring));
    }

    /** This manifest refers to nothing, wherever it is listed. */
    public void refersToNothing(Digest listed) {
        unrelated.add(listed);
    }

    /** This manifest is not at this repository, whatever that lists. */
    public void absent(String repository, Digest listed) {
        absent.add(image(ImageReference.parse(repository), listed));
    }

    /** The list of what refers to the image at this repository is odd. */
    public void oddReferrers(String repository, Digest image, String notice) {
        oddities.put(image(ImageReference.parse(repository), image), notice);
    }

    /** What refers to the image at this repository cannot be read. */
    public void noReferrers(String repository, Digest image, Resolution failure) {
        unreadable.put(image(ImageReference.parse(repository), image), failure);
    }

    /** The image's size at this repository; not to be had as long as a test does not say it. */
    public void size(String repository, Digest image, long bytes) {
        sizes.put(image(ImageReference.parse(repository), image), bytes);
    }

    /** Too many passes wait for this registry ({@code host[:port]}) from now on. */
    public void busy(String registry) {
        busy.add(registry);
    }

    /** Questions to this registry are taken again. */
    public void free(String registry) {
        busy.remove(registry);
    }

    /** Questions to this registry wait, once recorded, until {@link #unblock}. */
    public void block(String registry) {
        gates.put(registry, new CountDownLatch(1));
    }

    /** Lets the waiting and all further questions to this registry pass. */
    public void unblock(String registry) {
        gates.remove(registry).countDown();
    }

    /** Every reference asked for so far, in order. */
    public List<Question> questions() {
        return List.copyOf(questions);
    }

    /** The repositories whose tags were asked for so far, in order. */
    public List<Question> tagQuestions() {
        return List.copyOf(tagQuestions);
    }

    /** The manifests that were read to see whether they refer to an image, at each question. */
    public List<Set<Digest>> confirmations() {
        return List.copyOf(confirmations);
    }

    /** How often the reference was asked for. */
    public int asked(String reference) {
        ImageReference wanted = ImageReference.parse(reference);
        return (int) questions().stream()
                .filter(question -> question.reference().equals(wanted))
                .count();
    }

    /** Forgets the questions. */
    public void clearQuestions() {
        questions.clear();
        tagQuestions.clear();
    }

    @Override
    public Map<ImageReference, Resolution> resolve(Collection<ImageReference> references, Freshness freshness) {
        references.forEach(reference -> questions.add(new Question(reference, freshness)));
        List<ImageReference> asked = new ArrayList<>(new LinkedHashSet<>(references));
        asked.stream().map(ImageReference::registry).distinct().forEach(this::enter);
        Map<ImageReference, Resolution> resolutions = new LinkedHashMap<>();
        for (ImageReference reference : asked) {
            resolutions.put(
                    reference,
                    answers.getOrDefault(reference, Resolution.Missing::new).get());
        }
        return resolutions;
    }

    @Override
    public TagListing tags(ImageReference repository, Freshness freshness) {
        tagQuestions.add(new Question(repository, freshness));
        enter(repository.registry());
        return tags.getOrDefault(repository.name(), new TagListing(List.of(), new Resolution.Missing()));
    }

    @Override
    public ReferrerListing referrers(ImageReference repository, Digest image) {
        enter(repository.registry());
        Image asked = image(repository, image);
        return unreadable.containsKey(asked)
                ? new ReferrerListing(Set.of(), unreadable.get(asked))
                : new ReferrerListing(referrers.getOrDefault(asked, Set.of()), null, oddities.getOrDefault(asked, ""));
    }

    @Override
    public ReferrerListing presentReferrers(ImageReference repository, Digest image, Set<Digest> wanted) {
        ReferrerListing listed = referrers(repository, image);
        return new ReferrerListing(
                listed.digests().stream()
                        .filter(wanted::contains)
                        .filter(digest -> !unrelated.contains(digest))
                        .filter(digest -> !absent.contains(image(repository, digest)))
                        .collect(Collectors.toSet()),
                listed.failure(),
                listed.notice());
    }

    @Override
    public ReferrerListing confirmedReferrers(ImageReference repository, Digest image, Set<Digest> listed) {
        confirmations.add(Set.copyOf(listed));
        enter(repository.registry());
        Resolution failure = unreadable.get(image(repository, image));
        return failure != null
                ? new ReferrerListing(Set.of(), failure)
                : new ReferrerListing(listed.stream()
                        .filter(digest -> !unrelated.contains(digest))
                        .collect(Collectors.toSet()));
    }

    @Override
    public OptionalLong size(ImageReference repository, Digest image) {
        enter(repository.registry());
        Long bytes = sizes.get(image(repository, image));
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private void enter(String registry) {
        if (busy.contains(registry)) {
            throw new RegistryBusyException(registry);
        }
        CountDownLatch gate = gates.get(registry);
        if (gate == null) {
            return;
        }
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + registry + " was blocked", e);
        }
    }

    public void listing(String repository, TagListing listing) {
        tags.put(ImageReference.parse(repository).name(), listing);
    }

    private static Image image(ImageReference repository, Digest digest) {
        return new Image(repository.name(), digest);
    }
}
