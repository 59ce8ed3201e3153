package dev.imagemirror.operator.domain.entry;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.domain.MirrorRow;
import dev.imagemirror.operator.domain.entry.RowAttribute.Explanation;
import dev.imagemirror.operator.domain.entry.RowAttribute.Parser;
import dev.imagemirror.operator.domain.entry.RowAttribute.PolicyField;
import dev.imagemirror.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a row other than its key, declared once. Tables, parser, policies and {@code explain} use these
 * lists; a test checks that the CRD's Java types have the same fields.
 */
public final class RowAttributes {
    private static final int MAX_TEXT = 512;
    /** The last second of the year 9999; current times in milliseconds are far beyond. */
    private static final long MAX_EPOCH_SECOND = 253_402_300_799L;

    /** Where the source is copied to: distinct, at least one; destinations without a tag take the source's. */
    public static final RowAttribute<List<ImageReference>> DESTINATION = new RowAttribute<>(
            MirrorRow.DESTINATION,
            new PolicyField("destinations", List.of()),
            DestinationReader::read,
            (references, written) -> texts(references),
            new Explanation<>("destinations", (references, instants) -> texts(references)));

    /** Which tags of the source repository are mirrored. */
    public static final RowAttribute<TagSelection> TAGS = new RowAttribute<>(
            "Tags",
            new PolicyField("tags", TagSelectionReader.MEMBERS),
            TagSelectionReader::read,
            (tags, written) -> TagSelectionReader.members(tags),
            Explanation.of("tags", TagSelection::inWords));

    /** How often digests are compared; the default is configurable, so {@code explain} shows the effective value. */
    public static final RowAttribute<Duration> INTERVAL =
            duration("Interval", Duration.ofSeconds(10), Duration.ofDays(7), "15m", Explanation.none());

    /** How long a tag must point to a digest before it is copied. */
    public static final RowAttribute<Duration> MIN_AGE =
            duration("MinAge", Duration.ZERO, Duration.ofDays(365), "24h", Explanation.of("minimum age", Span::of));

    /** When the row counts as deleted. */
    public static final RowAttribute<Instant> EXPIRES = new RowAttribute<>(
            MirrorRow.EXPIRES,
            RowAttributes::instant,
            new Explanation<>("expires", (at, instants) -> List.of(instants.apply(at))));

    /** Observe only; submit no jobs. */
    public static final RowAttribute<Boolean> SUSPEND = flag("Suspend", "suspended", "yes; nothing is copied");

    /** Also copy signatures, SBOMs and attestations. */
    public static final RowAttribute<Boolean> REFERRERS =
            flag("Referrers", "referrers", "yes; signatures, SBOMs and attestations are copied too");

    /** Who declared the row: {@code cluster/namespace/name} or {@code file/name}. */
    public static final RowAttribute<String> MANAGED_BY =
            text(MirrorRow.MANAGED_BY, "managed by", "cluster/namespace/name or file/name");

    /** Hash of the declared spec. */
    public static final RowAttribute<String> REVISION =
            text(MirrorRow.REVISION, "revision", "the hash of the declared spec");

    /** All attributes, in the order of problem messages and {@code explain}. */
    public static final List<RowAttribute<?>> ALL =
            List.of(DESTINATION, TAGS, INTERVAL, MIN_AGE, EXPIRES, SUSPEND, REFERRERS, MANAGED_BY, REVISION);

    /** Fields of a policy's {@code spec}, which apply to all its mirrors. */
    public static final List<RowAttribute<?>> OF_SPEC = List.of(SUSPEND, INTERVAL);

    /** Fields of each of a policy's {@code mirrors}. */
    public static final List<RowAttribute<?>> OF_MIRROR = List.of(DESTINATION, TAGS, MIN_AGE, REFERRERS);

    /** Attributes that the operator itself sets on declared rows. */
    public static final List<RowAttribute<?>> OF_MANAGER = List.of(MANAGED_BY, REVISION);

    /** All attribute names. */
    public static final List<String> NAMES =
            ALL.stream().map(attribute -> attribute.name()).toList();

    private RowAttributes() {}

    /** A boolean that defaults to false. */
    private static RowAttribute<Boolean> flag(String name, String label, String words) {
        return new RowAttribute<>(
                name, (row, same) -> row.attributes().flag(same) ? true : null, Explanation.of(label, on -> words));
    }

    /** A duration that defaults to zero. */
    private static RowAttribute<Duration> duration(
            String name, Duration least, Duration most, String example, Explanation<Duration> explanation) {
        Parser<Duration> parser = (row, same) -> {
            Duration duration = row.attributes().duration(same, least, most, example);
            return duration == null || duration.isZero() ? null : duration;
        };
        return new RowAttribute<>(name, parser, explanation);
    }

    /** @param write describes valid values */
    private static RowAttribute<String> text(String name, String label, String write) {
        return new RowAttribute<>(
                name, (row, same) -> row.attributes().text(same, MAX_TEXT, write), Explanation.of(label, text -> text));
    }

    private static @Nullable Instant instant(RowReading row, String name) {
        Long seconds = row.attributes()
                .wholeNumber(
                        name,
                        0,
                        MAX_EPOCH_SECOND,
                        "a whole number (N) of seconds since 1970 (not milliseconds), such as 1893456000");
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    private static List<String> texts(List<ImageReference> references) {
        return references.stream().map(ImageReference::toString).toList();
    }
}
