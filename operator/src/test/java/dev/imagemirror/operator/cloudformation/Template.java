package dev.imagemirror.operator.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A template with its short forms written out: {@code !Ref x} is {@code {"Ref": "x"}}, {@code !If} is {@code Fn::If}. */
public final class Template {
    /** ARN of a secret. */
    static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mirrors-AbCdEf";

    private final JsonNode content;

    private Template(JsonNode content) {
        this.content = content;
    }

    /** Reads one of the directory {@code cloudformation}. */
    public static Template read(String file) {
        try {
            String text = Files.readString(Path.of("..", "cloudformation", file));
            return new Template(new ObjectMapper().valueToTree(new Yaml(new LongForms()).<Object>load(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode content() {
        return content;
    }

    /** The parameters, by name. */
    public JsonNode parameters() {
        return content.path("Parameters");
    }

    /** What is made of it with these parameters, and the defaults of the others. */
    public Stack stack(Map<String, String> parameters) {
        return new Stack(this, parameters);
    }

    /** One stack of each form: modes, replicas, kinds of credentials, repositories and roles, timers. */
    public List<Stack> stacks() {
        Map<String, String> all = Map.of(
                "CreateRepositories",
                "123456789012.dkr.ecr.eu-central-1.amazonaws.com",
                "EcrRoles",
                "210987654321.dkr.ecr.eu-central-1.amazonaws.com=arn:aws:iam::210987654321:role/mirror",
                "EcrRoleArns",
                "arn:aws:iam::210987654321:role/mirror",
                "AuthKeyArn",
                "arn:aws:kms:eu-central-1:123456789012:key/1",
                "RepositoryKmsKeyArn",
                "arn:aws:kms:eu-central-1:123456789012:key/2",
                "RepositoryTags",
                "team=mirrors",
                "RepositoryLifecyclePolicy",
                "{}",
                "RepositoryPolicy",
                "{}");
        List<Stack> stacks = new ArrayList<>();
        for (String mode : List.of("Service", "Scheduled", "Events")) {
            for (String auth : List.of("", "/mirrors/auth", "auth", SECRET)) {
                Map<String, String> few = Map.of("OperatorMode", mode, "Auth", auth);
                stacks.add(stack(few));
                Map<String, String> many = new HashMap<>(all);
                many.putAll(few);
                many.put("OperatorReplicas", "2");
                many.put("MirroringFrequency", "none");
                stacks.add(stack(many));
                many.put("MirrorOnPush", "false");
                stacks.add(stack(many));
            }
        }
        return stacks;
    }

    private static final class LongForms extends SafeConstructor {
        LongForms() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return longForm(node);
                }
            });
        }

        private Map<String, Object> longForm(Node node) {
            String name = node.getTag().getValue().substring(1);
            boolean isPlain = name.equals("Ref") || name.equals("Condition");
            Map<String, Object> form = new HashMap<>();
            form.put(isPlain ? name : "Fn::" + name, argument(name, node));
            return form;
        }

        private Object argument(String name, Node node) {
            if (node instanceof ScalarNode scalar) {
                return name.equals("GetAtt") ? List.of(scalar.getValue().split("[.]", 2)) : scalar.getValue();
            }
            return node instanceof MappingNode mapping
                    ? constructMapping(mapping)
                    : constructSequence((SequenceNode) node);
        }
    }
}
