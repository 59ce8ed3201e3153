package dev.imagemirror.operator.ecr;

import dev.imagemirror.image.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageStatusFilter;
import software.amazon.awssdk.services.ecr.model.LimitExceededException;
import software.amazon.awssdk.services.ecr.model.ListImagesRequest;
import software.amazon.awssdk.services.ecr.model.ListImagesResponse;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.PutLifecyclePolicyResponse;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;
import software.amazon.awssdk.services.ecr.model.TagStatus;

/** The ECR API of one region with repositories in memory; does what a test says before each call. */
final class TestingEcrClient implements EcrClient {
    private record Image(Digest digest, boolean archived) {}

    private final Map<String, TreeMap<String, Image>> repositories = new HashMap<>();
    private final List<ListImagesRequest> lists = new CopyOnWriteArrayList<>();
    private final List<CreateRepositoryRequest> creations = new CopyOnWriteArrayList<>();
    private final List<String> policies = new CopyOnWriteArrayList<>();
    private final int page;
    private volatile Supplier<? extends RuntimeException> failure = () -> null;
    private volatile boolean closed;

    /** @param page the most images of a page, whatever is asked for */
    TestingEcrClient(int page) {
        this.page = page;
    }

    /** Puts a tag into {@code account/repository}, which is made if it does not exist. */
    synchronized void put(String repository, String tag, Digest digest) {
        repositories.computeIfAbsent(repository, name -> new TreeMap<>()).put(tag, new Image(digest, false));
    }

    /** Archives what the tag points at. */
    synchronized void archive(String repository, String tag) {
        repositories.get(repository).computeIfPresent(tag, (name, image) -> new Image(image.digest(), true));
    }

    /** Makes an empty repository, {@code account/repository}. */
    synchronized void create(String repository) {
        repositories.put(repository, new TreeMap<>());
    }

    /** From now on each call throws what the supplier has, if that is not null. */
    void failWith(Supplier<? extends RuntimeException> failures) {
        failure = failures;
    }

    /** An error answer of the service. */
    static RuntimeException error(int status, String code) {
        return details(EcrException.builder(), status, code).build();
    }

    List<ListImagesRequest> lists() {
        return List.copyOf(lists);
    }

    List<CreateRepositoryRequest> creations() {
        return List.copyOf(creations);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized ListImagesResponse listImages(ListImagesRequest request) {
        lists.add(request);
        fail();
        TreeMap<String, Image> images = repositories.get(request.registryId() + "/" + request.repositoryName());
        if (images == null) {
            throw details(RepositoryNotFoundException.builder(), 400, "RepositoryNotFoundException")
                    .build();
        }
        ImageStatusFilter status = request.filter().imageStatus();
        boolean activeToo = status != ImageStatusFilter.ARCHIVED;
        boolean archivedToo = status == ImageStatusFilter.ANY || !activeToo;
        List<ImageIdentifier> listed = new ArrayList<>();
        images.forEach((tag, image) -> {
            if (image.archived() ? archivedToo : activeToo) {
                listed.add(ImageIdentifier.builder()
                        .imageTag(tag)
                        .imageDigest(image.digest().toString())
                        .build());
            }
        });
        if (request.filter().tagStatus() != TagStatus.TAGGED) {
            listed.add(ImageIdentifier.builder().imageDigest("sha256:0").build());
        }
        return page(listed, request);
    }

    @Override
    public synchronized CreateRepositoryResponse createRepository(CreateRepositoryRequest request) {
        creations.add(request);
        fail();
        String name = request.registryId() + "/" + request.repositoryName();
        if (repositories.putIfAbsent(name, new TreeMap<>()) != null) {
            throw details(RepositoryAlreadyExistsException.builder(), 400, "RepositoryAlreadyExistsException")
                    .build();
        }
        return CreateRepositoryResponse.builder().build();
    }

    /** The policies that repositories were given, {@code lifecycle NAME TEXT} and {@code policy NAME TEXT}. */
    List<String> policies() {
        return List.copyOf(policies);
    }

    @Override
    public PutLifecyclePolicyResponse putLifecyclePolicy(PutLifecyclePolicyRequest request) {
        fail();
        policies.add("lifecycle " + request.repositoryName() + " " + request.lifecyclePolicyText());
        return PutLifecyclePolicyResponse.builder().build();
    }

    @Override
    public SetRepositoryPolicyResponse setRepositoryPolicy(SetRepositoryPolicyRequest request) {
        fail();
        policies.add("policy " + request.repositoryName() + " " + request.policyText());
        return SetRepositoryPolicyResponse.builder().build();
    }

    /** The quota of repositories is used up. */
    static RuntimeException quota() {
        return details(LimitExceededException.builder(), 400, "LimitExceededException")
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        closed = true;
    }

    private ListImagesResponse page(List<ImageIdentifier> listed, ListImagesRequest request) {
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(listed.size(), from + Math.min(page, request.maxResults()));
        return ListImagesResponse.builder()
                .imageIds(listed.subList(from, to))
                .nextToken(to == listed.size() ? null : Integer.toString(to))
                .build();
    }

    private void fail() {
        RuntimeException next = failure.get();
        if (next != null) {
            throw next;
        }
    }

    private static <B extends EcrException.Builder> B details(B builder, int status, String code) {
        builder.statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("on purpose")
                        .build());
        return builder;
    }
}
