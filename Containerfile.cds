# Adds an archive of loaded classes to an image that `make images` pushed: about half of the time that it takes to begin
# (docs/performance.md). It is made by the image's own Java, so that the image has to run here:
#   podman build -f Containerfile.cds --build-arg IMAGE=REGISTRY/mirror-operator:1 -t REGISTRY/mirror-operator:1-cds .
# Likewise for …/mirror:1 and, for Lambda, …/mirror-operator:1-lambda.
ARG IMAGE
FROM ${IMAGE}
USER 0:0
# Training: what is asked goes to where nobody listens, which loads nearly as many classes as answers would
RUN mkdir -p /opt; \
    if command -v mirror >/dev/null; then \
        MIRROR_JAVA_OPTS=-XX:ArchiveClassesAtExit=/opt/classes.jsa mirror --quiet 127.0.0.1:1/training:1 127.0.0.1:1/copy:1 2>/dev/null; \
    else \
        AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none AWS_ENDPOINT_URL=http://127.0.0.1:1 AWS_MAX_ATTEMPTS=1 \
            java -XX:ArchiveClassesAtExit=/opt/classes.jsa -XX:+UseSerialGC -Xlog:disable -cp @/app/jib-classpath-file \
            dev.imagemirror.operator.app.Main once 2>/dev/null; \
    fi; \
    [ -s /opt/classes.jsa ]
# Not in the images themselves: where the file is missing, Java would leave its own archive unused, too
ENV JDK_JAVA_OPTIONS=-XX:SharedArchiveFile=/opt/classes.jsa
USER 65532:65532
