package dev.imagemirror.operator.bench;

import dev.imagemirror.operator.dynamodb.DynamoMirrorTable;
import dev.imagemirror.operator.dynamodb.DynamoStatusTable;
import dev.imagemirror.operator.reconcile.EntryIndex;
import dev.imagemirror.operator.reconcile.LiveClaims;
import dev.imagemirror.operator.reconcile.MirrorInformer;
import dev.imagemirror.operator.reconcile.Nudges;
import dev.imagemirror.operator.reconcile.Ports;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A process of its own that lists both tables as the operator does, and says what that took. */
final class ScaleProbe {
    private ScaleProbe() {}

    /** Prints rows, milliseconds, calls and peak KiB; the arguments are endpoint, mirror table and status table. */
    public static void main(String[] arguments) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (DynamoDbClient client = client(arguments[0], calls)) {
            DynamoMirrorTable mirrors = new DynamoMirrorTable(client, arguments[1], delay -> {}, new Random());
            DynamoStatusTable statuses =
                    new DynamoStatusTable(client, arguments[2], arguments[1], delay -> {}, new Random());
            EntryIndex index = new EntryIndex();
            MirrorInformer informer = new MirrorInformer(
                    new Ports(mirrors, statuses, null, null, null),
                    index,
                    new LiveClaims(),
                    new Nudges(),
                    key -> {},
                    Runnable::run);
            long start = System.nanoTime();
            informer.list();
            long millis = (System.nanoTime() - start) / 1_000_000;
            System.out.println(index.keys().size() + " " + millis + " " + calls.get() + " " + peak());
        }
    }

    static DynamoDbClient client(String endpoint, AtomicInteger calls) {
        return DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .overrideConfiguration(settings -> settings.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                        calls.incrementAndGet();
                    }
                }))
                .build();
    }

    /** Peak resident memory in KiB, as Linux tells it. */
    private static String peak() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .findFirst()
                .orElseThrow();
    }
}
