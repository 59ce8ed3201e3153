package dev.imagemirror.operator.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.imagemirror.image.ImageReference;
import dev.imagemirror.operator.port.RepositoryCreator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Tag;

class EcrRepositoryCreatorTest {
    private static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    private static final ImageReference DESTINATION = ImageReference.parse(HOST + "/team/app:v1");

    private final TestingEcrClient ecr = new TestingEcrClient(10);
    private final EcrRepositoryCreator creator =
            new EcrRepositoryCreator(new EcrClients(region -> ecr), Set.of(HOST, "quay.io"), RepositoryTemplate.PLAIN);

    @Test
    void createsARepository() {
        assertThat(creator.create(DESTINATION)).isEqualTo(new RepositoryCreator.Exists());

        assertThat(ecr.creations()).singleElement().satisfies(creation -> {
            assertThat(creation.registryId()).isEqualTo("123456789012");
            assertThat(creation.repositoryName()).isEqualTo("team/app");
            assertThat(creation.encryptionConfiguration().encryptionType()).isEqualTo(EncryptionType.AES256);
            assertThat(creation.imageTagMutability()).isEqualTo(ImageTagMutability.MUTABLE);
        });
    }

    @Test
    void createsItAsTheTemplateSays() {
        RepositoryTemplate template = new RepositoryTemplate(
                "alias/mirror", true, true, Map.of("team", "platform"), "{\"rules\": []}", "{\"Statement\": []}");

        assertThat(creator(template).create(DESTINATION)).isEqualTo(new RepositoryCreator.Exists());

        assertThat(ecr.creations()).singleElement().satisfies(creation -> {
            assertThat(creation.encryptionConfiguration().encryptionType()).isEqualTo(EncryptionType.KMS);
            assertThat(creation.encryptionConfiguration().kmsKey()).isEqualTo("alias/mirror");
            assertThat(creation.imageScanningConfiguration().scanOnPush()).isTrue();
            assertThat(creation.imageTagMutability()).isEqualTo(ImageTagMutability.IMMUTABLE);
            assertThat(creation.tags())
                    .containsExactly(Tag.builder().key("team").value("platform").build());
        });
        assertThat(ecr.policies())
                .containsExactly("lifecycle team/app {\"rules\": []}", "policy team/app {\"Statement\": []}");
    }

    @Test
    void aRepositoryWithoutItsPoliciesCanBeUsed() {
        AtomicInteger calls = new AtomicInteger();
        ecr.failWith(
                () -> calls.incrementAndGet() > 1 ? TestingEcrClient.error(400, "InvalidParameterException") : null);

        assertThat(creator(new RepositoryTemplate("", false, false, Map.of(), "{}", ""))
                        .create(DESTINATION))
                .isEqualTo(new RepositoryCreator.Exists());
    }

    private static String refusal(RepositoryCreator.Answer answer) {
        return ((RepositoryCreator.Refused) answer).message();
    }

    private EcrRepositoryCreator creator(RepositoryTemplate template) {
        return new EcrRepositoryCreator(new EcrClients(registry -> ecr), Set.of(HOST), template);
    }

    @Test
    void acceptsAnExistingRepository() {
        ecr.create("123456789012/team/app");

        assertThat(creator.create(DESTINATION)).isEqualTo(new RepositoryCreator.Exists());
    }

    @Test
    void takesEverySpellingOfAnAllowedRegistry() {
        ImageReference dualStack = ImageReference.parse("123456789012.dkr-ecr.eu-central-1.on.aws/team/app:v1");
        EcrRepositoryCreator other = new EcrRepositoryCreator(
                new EcrClients(region -> ecr),
                Set.of("123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com"),
                RepositoryTemplate.PLAIN);

        assertThat(creator.create(dualStack)).isEqualTo(new RepositoryCreator.Exists());
        assertThat(other.create(DESTINATION)).isEqualTo(new RepositoryCreator.Exists());
    }

    @Test
    void createsNothingWhereThatIsNotAllowed() {
        ImageReference elsewhere = ImageReference.parse("210987654321.dkr.ecr.eu-central-1.amazonaws.com/team/app:v1");

        assertThat(refusal(creator.create(elsewhere)))
                .contains(elsewhere.name(), "create the repository", "let the operator");
        assertThat(refusal(creator.create(ImageReference.parse("quay.io/team/app:v1"))))
                .contains("create the repository");

        assertThat(ecr.creations()).isEmpty();
    }

    @Test
    void namesTheMissingPermission() {
        ecr.failWith(() -> TestingEcrClient.error(400, "AccessDeniedException"));

        assertThat(refusal(creator.create(DESTINATION))).contains("ecr:CreateRepository", HOST + "/team/app", "role");
    }

    @Test
    void reportsOtherErrors() {
        ecr.failWith(TestingEcrClient::quota);
        assertThat(refusal(creator.create(DESTINATION))).contains(HOST + "/team/app", "quota");

        ecr.failWith(() -> SdkClientException.create("unable to connect"));
        assertThat(refusal(creator.create(DESTINATION)))
                .contains(HOST + "/team/app", "unable to connect", "will be retried");
    }
}
