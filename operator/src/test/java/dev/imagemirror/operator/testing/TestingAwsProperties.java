package dev.imagemirror.operator.testing;

import java.util.HashMap;
import java.util.Map;

/** System properties by which the SDK's standard chain finds what a test offers; what was before returns in the end. */
public final class TestingAwsProperties implements AutoCloseable {
    public static final String REGION = "eu-central-1";
    public static final String ACCESS_KEY = "testing";
    public static final String SECRET_KEY = "testing-secret";

    private final Map<String, String> before = new HashMap<>();

    /** Sets region and credentials. */
    public TestingAwsProperties() {
        set("aws.region", REGION);
        set("aws.accessKeyId", ACCESS_KEY);
        set("aws.secretAccessKey", SECRET_KEY);
        set("aws.disableEc2Metadata", "true");
        set("aws.configFile", "/nonexistent");
        set("aws.sharedCredentialsFile", "/nonexistent");
    }

    /** Has a service ({@code DynamoDb}, {@code Batch}) found there. */
    public TestingAwsProperties endpoint(String service, String url) {
        return set("aws.endpointUrl" + service, url);
    }

    /** Sets any property; null takes it away. */
    public TestingAwsProperties set(String name, String value) {
        String old = value == null ? System.clearProperty(name) : System.setProperty(name, value);
        before.putIfAbsent(name, old == null ? "" : old);
        return this;
    }

    @Override
    public void close() {
        before.forEach((name, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
