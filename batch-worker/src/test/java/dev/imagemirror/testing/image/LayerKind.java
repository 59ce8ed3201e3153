package dev.imagemirror.testing.image;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** How a layer is compressed (OCI image specification, "Layer Media Types"). */
public enum LayerKind {
    /** Not at all. */
    TAR("") {
        @Override
        byte[] encode(byte[] tar) {
            return tar;
        }
    },
    /** With gzip. */
    GZIP("gzip") {
        @Override
        byte[] encode(byte[] tar) {
            ByteArrayOutputStream encoded = new ByteArrayOutputStream(tar.length + 1024);
            try (OutputStream gzip = new FastGzip(encoded)) {
                gzip.write(tar);
            } catch (IOException e) {
                throw new IllegalStateException("writing to memory cannot fail", e);
            }
            return encoded.toByteArray();
        }
    },
    /** With zstd. */
    ZSTD("zstd") {
        @Override
        byte[] encode(byte[] tar) {
            return Zstd.compress(tar);
        }
    };

    private final String suffix;

    LayerKind(String suffix) {
        this.suffix = suffix;
    }

    abstract byte[] encode(byte[] tar);

    String ociType(boolean foreign) {
        String type = "application/vnd.oci.image.layer." + (foreign ? "nondistributable." : "") + "v1.tar";
        return suffix.isEmpty() ? type : type + "+" + suffix;
    }

    String dockerType(boolean foreign) {
        String type = "application/vnd.docker.image.rootfs." + (foreign ? "foreign." : "") + "diff.tar";
        return suffix.isEmpty() ? type : type + "." + suffix;
    }

    /** Random bytes do not shrink, so none of the time goes into trying. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(Deflater.NO_COMPRESSION);
        }
    }
}
