package dev.imagemirror.worker.credentials;

import dev.imagemirror.testing.TestingAws;
import java.util.HashMap;
import java.util.Map;

/**
 * The system properties by which the AWS SDK's standard chain finds credentials, region and endpoint, for as long as
 * this is open. The tests of a module run one after another, so that nobody else sees them.
 */
public final class SdkProperties implements AutoCloseable {
    private final Map<String, String> before = new HashMap<>();

    private SdkProperties() {}

    /** Credentials, region and endpoint for the test's AWS. */
    public static SdkProperties of(TestingAws aws) {
        return new SdkProperties()
                .set("aws.accessKeyId", "AKIDEXAMPLE")
                .set("aws.secretAccessKey", "not a secret")
                .set("aws.region", "eu-west-3")
                .set("aws.endpointUrl", aws.url())
                .set("aws.disableEc2Metadata", "true")
                .set("aws.maxAttempts", "1");
    }

    /** One more property; null for none. */
    public SdkProperties set(String name, String value) {
        String old = value == null ? System.clearProperty(name) : System.setProperty(name, value);
        before.putIfAbsent(name, old);
        return this;
    }

    @Override
    public void close() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
