package dev.imagemirror.worker.credentials;

import dev.imagemirror.image.EcrRegistry;
import dev.imagemirror.registry.model.Credential;
import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.EcrClientBuilder;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecrpublic.EcrPublicClient;

/**
 * ECR tokens from the AWS SDK: region and endpoints follow from the registry's host name, credentials from its role, or
 * like {@code AWS_ENDPOINT_URL} from the SDK's standard chain.
 */
final class AwsEcr implements EcrTokens.Source {
    private final SdkHttpClient http = UrlConnectionHttpClient.create();
    private final ClientOverrideConfiguration calls;
    private final AssumedRoles roles;

    AwsEcr(EcrRoles roles, ClientOverrideConfiguration calls) {
        this.calls = calls;
        this.roles = new AssumedRoles(roles, http, calls);
    }

    @Override
    public EcrTokens.Token privateToken(EcrRegistry registry) throws RegistryException {
        EcrClientBuilder builder = EcrClient.builder()
                .httpClient(http)
                .overrideConfiguration(calls)
                .region(Region.of(registry.region()))
                .fipsEnabled(registry.fips())
                .dualstackEnabled(registry.dualStack());
        roles.of(registry).ifPresent(builder::credentialsProvider);
        try (EcrClient ecr = builder.build()) {
            AuthorizationData data =
                    ecr.getAuthorizationToken().authorizationData().get(0);
            return token(data.authorizationToken(), data.expiresAt());
        } catch (SdkException e) {
            throw AwsErrors.of("a token for " + registry.plainHost(), "grant the role ecr:GetAuthorizationToken", e);
        }
    }

    @Override
    public Optional<EcrTokens.Token> publicToken() throws RegistryException {
        try (EcrPublicClient ecr = EcrPublicClient.builder()
                .httpClient(http)
                .overrideConfiguration(calls)
                .region(Region.US_EAST_1) // the only region with this API, see "Amazon ECR Public endpoints"
                .build()) {
            var data = ecr.getAuthorizationToken(request -> {}).authorizationData();
            if (data == null || data.authorizationToken() == null) {
                return Optional.empty(); // the gallery can be read anonymously
            }
            return Optional.of(token(data.authorizationToken(), data.expiresAt()));
        } catch (SdkException e) {
            RegistryException error = AwsErrors.of("a token for " + EcrRegistry.PUBLIC_HOST, "", e);
            if (error.kind() == ErrorKind.TEMPORARY) {
                throw error;
            }
            return Optional.empty(); // the gallery can be read anonymously
        }
    }

    /** The token is the base64 of {@code AWS:password} (ECR API reference, "AuthorizationData"). */
    private static EcrTokens.Token token(String encoded, Instant expiresAt) throws RegistryException {
        String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon < 1) {
            throw new RegistryException(ErrorKind.TEMPORARY, "ECR returned a malformed token");
        }
        return new EcrTokens.Token(
                new Credential.Basic(pair.substring(0, colon), pair.substring(colon + 1)), expiresAt);
    }

    @Override
    public void close() {
        roles.close();
        http.close();
    }
}
