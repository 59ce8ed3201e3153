package dev.imagemirror.crds;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The custom resource definition as the Java types say it now. */
final class GeneratedCrd {
    private static final String HEAD = "# Generated from the Java types in crds/ by `make crds`; do not edit.\n";

    /** Keeps what the generator would write to a file. */
    private static final class InMemory implements CRDGenerator.CRDOutput<OutputStream> {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public OutputStream outputFor(String name) {
            return bytes;
        }

        @Override
        public URI crdURI(String name) {
            return Path.of(name).toUri(); // the generator takes no other than that of a file
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }

    private GeneratedCrd() {}

    /** As the file in {@code manifests/base} should be. */
    static String yaml() {
        InMemory output = new InMemory();
        new CRDGenerator()
                .withOutput(output)
                .withMinQuotes(false)
                .withPostProcessor(new CrdFinish())
                .customResourceClasses(List.of(MirrorPolicy.class))
                .forCRDVersions("v1")
                .generate();
        String written = output.bytes.toString(StandardCharsets.UTF_8);
        return HEAD + written.substring(written.indexOf("apiVersion:"));
    }

    /** As objects. */
    static CustomResourceDefinition resource() {
        return new KubernetesSerialization().unmarshal(yaml(), CustomResourceDefinition.class);
    }
}
