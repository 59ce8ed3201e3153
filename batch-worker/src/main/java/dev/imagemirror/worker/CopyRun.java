package dev.imagemirror.worker;

import dev.imagemirror.copy.CopyReport;
import dev.imagemirror.copy.CopyRequest;
import dev.imagemirror.copy.CopySettings;
import dev.imagemirror.copy.ImageCopier;
import dev.imagemirror.registry.RegistryClient;
import dev.imagemirror.registry.http.RetryPolicy;
import dev.imagemirror.text.TerminalWidth;
import dev.imagemirror.worker.credentials.Credentials;
import dev.imagemirror.worker.progress.Progress;
import java.io.PrintStream;

/** One copy with everything it needs, wired. */
final class CopyRun implements AutoCloseable {
    private final WorkerSettings settings;
    private final PrintStream err;
    private final Credentials credentials;
    private final RegistryClient client;
    private final RetryPolicy retryPolicy;
    private final TerminalWidth columns;
    private final Thread thread = Thread.currentThread();

    CopyRun(WorkerSettings settings, Environment environment, RetryPolicy retryPolicy, PrintStream err) {
        this.settings = settings;
        this.err = err;
        this.retryPolicy = retryPolicy;
        this.columns = new TerminalWidth(environment.variables());
        this.credentials = Credentials.of(environment.variables(), settings.roles(), retryPolicy.clock());
        this.client = new RegistryClient(settings.registries(), credentials, retryPolicy);
    }

    CopyReport copy(CopyRequest request) {
        try (Progress progress = Progress.on(err, settings.quiet(), settings.verbose(), columns)) {
            return switch (settings.engine()) {
                case mirror -> new ImageCopier(client, settings.mirrors(), copySettings()).copy(request, progress);
                case skopeo -> new SkopeoEngine(client, skopeo()).copy(request, progress);
            };
        }
    }

    /** Called by another thread: ends the copy, whose report then says what is not done. */
    void stop() {
        thread.interrupt();
        client.close();
    }

    @Override
    public void close() {
        client.close();
        credentials.close();
    }

    private SkopeoProcess skopeo() {
        return new SkopeoProcess(client, credentials, settings.registries().caFiles());
    }

    private CopySettings copySettings() {
        return CopySettings.standard(retryPolicy).withBlobsAtOnce(settings.blobsAtOnce());
    }
}
