package dev.imagemirror.worker.credentials;

import dev.imagemirror.image.EcrRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Credentials of the roles of ECR registries, renewed before they expire; requested on demand. Thread-safe. */
public final class AssumedRoles implements AutoCloseable {
    private static final String SESSION = "image-mirror";

    private final EcrRoles roles;
    private final SdkHttpClient http;
    private final ClientOverrideConfiguration calls;
    private final Map<String, StsAssumeRoleCredentialsProvider> providers = new ConcurrentHashMap<>();
    private @Nullable StsClient sts;

    /**
     * Creates roles that are assumed on demand.
     *
     * @param http for the calls to STS; the caller closes it after this
     * @param calls configuration of the STS client
     */
    public AssumedRoles(EcrRoles roles, SdkHttpClient http, ClientOverrideConfiguration calls) {
        this.roles = roles;
        this.http = http;
        this.calls = calls;
    }

    /** Credentials of the registry's role; empty if it has none. */
    public Optional<AwsCredentialsProvider> of(EcrRegistry registry) {
        return roles.of(registry).map(arn -> providers.computeIfAbsent(arn, this::provider));
    }

    private StsAssumeRoleCredentialsProvider provider(String arn) {
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(client())
                .refreshRequest(request -> request.roleArn(arn).roleSessionName(SESSION))
                .build();
    }

    private synchronized StsClient client() {
        if (sts == null) {
            sts = StsClient.builder()
                    .httpClient(http)
                    .overrideConfiguration(calls)
                    .build();
        }
        return sts;
    }

    @Override
    public synchronized void close() {
        providers.values().forEach(StsAssumeRoleCredentialsProvider::close);
        if (sts != null) {
            sts.close();
        }
    }
}
