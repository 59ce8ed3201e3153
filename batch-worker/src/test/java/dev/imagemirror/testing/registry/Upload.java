package dev.imagemirror.testing.registry;

import java.io.IOException;
import java.io.InputStream;

/** An upload session; requests of one session do not overlap. */
final class Upload {
    private final String id;
    private final String repository;
    private final Content content = new Content();
    private int patches;

    Upload(String id, String repository) {
        this.id = id;
        this.repository = repository;
    }

    String id() {
        return id;
    }

    String repository() {
        return repository;
    }

    int patches() {
        return patches;
    }

    Content content() {
        return content;
    }

    synchronized void patch(InputStream body) throws IOException {
        patches++;
        content.append(body);
    }

    synchronized void finish(InputStream body) throws IOException {
        content.append(body);
    }
}
