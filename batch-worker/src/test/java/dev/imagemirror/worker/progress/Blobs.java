package dev.imagemirror.worker.progress;

import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.copy.Outcome;
import dev.imagemirror.image.Descriptor;
import dev.imagemirror.image.Digest;
import dev.imagemirror.image.ImageReference;
import dev.imagemirror.registry.model.ErrorKind;

/** What displays are told about in tests. */
final class Blobs {
    static final long MIB = 1024 * 1024;

    private Blobs() {}

    /** A blob whose digest is one hexadecimal digit again and again. */
    static Descriptor blob(char digit, long size) {
        return new Descriptor("application/octet-stream", digest(digit), size);
    }

    static Digest digest(char digit) {
        return Digest.parse("sha256:" + Character.toString(digit).repeat(64));
    }

    static DestinationReport report(Outcome outcome, long moved, long mounted, long present) {
        return new DestinationReport(
                ImageReference.parse("a.io/x:1"),
                outcome,
                digest('a'),
                new DestinationReport.Transfer(moved, mounted, present, 9),
                null);
    }

    static DestinationReport failed(String error) {
        return new DestinationReport(
                ImageReference.parse("a.io/x:1"),
                Outcome.FAILED,
                null,
                new DestinationReport.Transfer(0, 0, 0, 1),
                new DestinationReport.Failure(ErrorKind.ACCESS_DENIED, error, null));
    }
}
