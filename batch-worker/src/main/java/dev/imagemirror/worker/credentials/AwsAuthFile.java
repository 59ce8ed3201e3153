package dev.imagemirror.worker.credentials;

import dev.imagemirror.registry.model.ErrorKind;
import dev.imagemirror.registry.model.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;

/** A docker {@code config.json} stored in SSM Parameter Store (name or ARN) or Secrets Manager (ARN). */
final class AwsAuthFile {
    private AwsAuthFile() {}

    static DockerConfig read(String name, CredentialHelper helpers, ClientOverrideConfiguration calls)
            throws RegistryException {
        boolean secret = service(name).equals("secretsmanager");
        try (SdkHttpClient http = UrlConnectionHttpClient.create()) {
            byte[] content = secret ? secret(name, http, calls) : parameter(name, http, calls);
            return DockerConfig.parse("CONTAINER_AUTH_PARAMETER " + name, content, helpers);
        } catch (SdkException e) {
            throw AwsErrors.of(
                    "CONTAINER_AUTH_PARAMETER " + name,
                    secret
                            ? "grant the role secretsmanager:GetSecretValue on it"
                            : "grant the role ssm:GetParameter on it and kms:Decrypt on its key",
                    e);
        }
    }

    private static String service(String name) throws RegistryException {
        if (!name.startsWith("arn:")) {
            return "ssm";
        }
        String[] parts = name.split(":", 6);
        String service = parts.length == 6 ? parts[2] : "";
        if (!service.equals("ssm") && !service.equals("secretsmanager")) {
            throw new RegistryException(
                    ErrorKind.ACCESS_DENIED,
                    "CONTAINER_AUTH_PARAMETER " + name + " is neither an SSM parameter nor a Secrets Manager secret");
        }
        return service;
    }

    private static byte[] parameter(String name, SdkHttpClient http, ClientOverrideConfiguration calls) {
        SsmClientBuilder builder = SsmClient.builder().httpClient(http).overrideConfiguration(calls);
        try (SsmClient ssm = inRegionOf(name, builder::region, builder).build()) {
            return ssm.getParameter(request -> request.name(name).withDecryption(true))
                    .parameter()
                    .value()
                    .getBytes(StandardCharsets.UTF_8);
        }
    }

    private static byte[] secret(String arn, SdkHttpClient http, ClientOverrideConfiguration calls) {
        SecretsManagerClientBuilder builder =
                SecretsManagerClient.builder().httpClient(http).overrideConfiguration(calls);
        try (SecretsManagerClient secrets =
                inRegionOf(arn, builder::region, builder).build()) {
            GetSecretValueResponse answer = secrets.getSecretValue(request -> request.secretId(arn));
            return answer.secretString() == null
                    ? answer.secretBinary().asByteArray()
                    : answer.secretString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** An ARN contains its region; a name is in the region of the environment. */
    private static <B> B inRegionOf(String name, Function<Region, B> region, B builder) {
        return name.startsWith("arn:") ? region.apply(Region.of(name.split(":", 6)[3])) : builder;
    }
}
