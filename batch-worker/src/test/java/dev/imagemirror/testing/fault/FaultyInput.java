package dev.imagemirror.testing.fault;

import dev.imagemirror.testing.http.BodyFilter;
import java.io.IOException;
import java.io.InputStream;

/** A request body that is read in pieces, with a step after each. */
final class FaultyInput extends BodyFilter {
    private final int piece;
    private final AfterPiece afterPiece;

    FaultyInput(InputStream in, int piece, AfterPiece afterPiece) {
        super(in);
        this.piece = piece;
        this.afterPiece = afterPiece;
    }

    @FunctionalInterface
    interface AfterPiece {
        void passed(int bytes) throws IOException;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, Math.min(piece, length));
        if (count > 0) {
            afterPiece.passed(count);
        }
        return count;
    }
}
