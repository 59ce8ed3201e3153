package dev.imagemirror.operator.testing;

import dev.imagemirror.image.Digest;
import dev.imagemirror.operator.port.DigestResolver;
import dev.imagemirror.testing.image.TestingImage;
import java.util.ArrayList;
import java.util.List;

class TestingDigestResolverTest extends DigestResolverContract {
    private static final String REPOSITORY = "registry.example/team/app";

    private final TestingDigestResolver resolver = new TestingDigestResolver();
    private final List<String> tags = new ArrayList<>();

    @Override
    protected DigestResolver resolver() {
        return resolver;
    }

    @Override
    protected String repository() {
        return REPOSITORY;
    }

    @Override
    protected void put(String tag, TestingImage image) {
        Digest digest = Digest.parse(image.digest());
        tags.add(tag);
        resolver.found(REPOSITORY + ":" + tag, digest);
        resolver.found(REPOSITORY + "@" + digest, digest);
        resolver.found(REPOSITORY + ":" + tag + "@" + digest, digest);
        resolver.tags(REPOSITORY, tags.toArray(String[]::new));
        resolver.size(REPOSITORY, digest, image.blobBytes());
    }

    @Override
    protected void putReferrer(TestingImage image, TestingImage referrer) {
        resolver.referrers(REPOSITORY, Digest.parse(image.digest()), Digest.parse(referrer.digest()));
    }
}
