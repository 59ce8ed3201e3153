package dev.imagemirror.testing.image;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** A tar archive of one file of random content (POSIX ustar format), so that tools can unpack the layers. */
final class Tar {
    private static final int BLOCK = 512;

    private Tar() {}

    static byte[] of(int size, long seed) {
        int padded = (size + BLOCK - 1) / BLOCK * BLOCK;
        byte[] archive = new byte[BLOCK + padded + 2 * BLOCK];
        byte[] content = new byte[size];
        new SplittableRandom(seed).nextBytes(content);
        System.arraycopy(content, 0, archive, BLOCK, size);
        writeHeader(archive, "random-" + seed, size);
        return archive;
    }

    private static void writeHeader(byte[] archive, String name, int size) {
        put(archive, 0, name);
        put(archive, 100, "0000644\0");
        put(archive, 108, "0000000\0");
        put(archive, 116, "0000000\0");
        put(archive, 124, "%011o\0".formatted(size));
        put(archive, 136, "00000000000\0");
        put(archive, 148, " ".repeat(8));
        put(archive, 156, "0");
        put(archive, 257, "ustar\00000");
        int sum = 0;
        for (int index = 0; index < BLOCK; index++) {
            sum += archive[index] & 0xff;
        }
        put(archive, 148, "%06o\0 ".formatted(sum));
    }

    private static void put(byte[] archive, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, archive, offset, bytes.length);
    }
}
