package dev.imagemirror.operator.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * {@code make local MIRRORS=mirrors.yaml}: the operator for a person's own registries, without AWS and without a
 * cluster. The tables are files, so that a restart carries on.
 */
public final class LocalOperator {
    private LocalOperator() {}

    /** Runs it; the arguments are the policies' file and the tables' directory. */
    public static void main(String[] arguments) throws Exception {
        Path mirrors = Path.of(arguments[0]);
        if (!Files.isRegularFile(mirrors) || !Files.isReadable(mirrors)) {
            System.err.println("make local: " + mirrors + " cannot be read; set MIRRORS to a MirrorPolicy YAML file");
            System.exit(66);
        }
        Path directory = Files.createDirectories(Path.of(arguments[1]));
        try (FileChannel lock = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                LocalTables tables = isOurs(lock, directory) ? LocalTables.start(directory) : null) {
            tables.create("ImageMirrorTable", "ImageMirrorStatusTable");
            Map<String, String> environment = environment(tables);
            OperatorProcess operator = new OperatorProcess(environment);
            OperatorProcess.Result applied = operator.run("apply", "--prune", "-f", mirrors.toString());
            System.out.print(applied.out());
            if (applied.exit() != 0) {
                System.exit(applied.exit());
            }
            System.out.println("\nThe tables are stored in " + arguments[1] + ". In another terminal, try:");
            System.out.println("  " + operator.export());
            System.out.println("  operator/target/mirror-operator/bin/mirror-operator status --watch");
            System.out.println("After changing " + mirrors + ": mirror-operator apply --prune -f " + mirrors + "\n");
            Process running = operator.start(null, "run");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running)));
            System.exit(running.waitFor());
        }
    }

    /** One process at a time: the tables' files are made for one. */
    private static boolean isOurs(FileChannel lock, Path directory) throws IOException {
        if (lock.tryLock() == null) {
            System.err.println("make local: the tables in " + directory
                    + " are in use by another 'make local'; stop it, or set LOCAL_TABLES to another directory");
            System.exit(69);
        }
        return true;
    }

    private static void stop(Process process) {
        try {
            OperatorProcess.stop(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A person's own AWS credentials stay, for ECR; who has none gets some that the local tables take. */
    private static Map<String, String> environment(LocalTables tables) {
        Map<String, String> environment = new HashMap<>(tables.environment());
        environment.put("MIRROR_OPERATOR_JOBS_MODE", "local");
        environment.put("MIRROR_OPERATOR_JOBS_POLL", "500ms");
        String loopback =
                System.getenv().getOrDefault("MIRROR_OPERATOR_REGISTRIES_LOOPBACK", "localhost,127.0.0.1,[::1]");
        environment.put("MIRROR_OPERATOR_REGISTRIES_LOOPBACK", loopback);
        environment.put("MIRROR_OPERATOR_WEB_PORT", System.getenv().getOrDefault("MIRROR_OPERATOR_WEB_PORT", "0"));
        try (DefaultCredentialsProvider own =
                DefaultCredentialsProvider.builder().build()) {
            own.resolveCredentials();
            environment.remove("AWS_ACCESS_KEY_ID");
            environment.remove("AWS_SECRET_ACCESS_KEY");
        } catch (SdkClientException e) {
            environment.put("AWS_EC2_METADATA_DISABLED", "true");
        }
        if (System.getenv("AWS_REGION") != null) {
            environment.remove("AWS_REGION");
        } else {
            environment.put("AWS_DEFAULT_REGION", environment.get("AWS_REGION")); // the AWS CLI knows no other name
        }
        return environment;
    }
}
