# Each target is one command that does its own set-up. All of them need a JDK 17 or newer, make and nothing else, except
# where `make help` says so.
.DEFAULT_GOAL := help
.PHONY: help build demo test e2e bench bench-copy format images clean jdk

ifneq ($(JAVA_HOME),)
JAVA := $(JAVA_HOME)/bin/java
else
JAVA := java
endif
MVN := ./mvnw --no-transfer-progress
WORKER := batch-worker/target
DIST := $(WORKER)/mirror
# The programs among the test classes: the demo and the benchmarks
RUN_TEST_CLASS = $(JAVA) -cp "$(WORKER)/test-classes:$(WORKER)/classes:$$(cat $(WORKER)/test-classpath)"
SOURCES := $(shell find pom.xml Makefile .mvn crds batch-worker operator -name target -prune -o -type f -print)

# What the user may set
ARGS ?=
KEEP ?=
IMAGE_REGISTRY ?= 127.0.0.1:5000
BASE_IMAGE ?= eclipse-temurin:17-jre

help: ## this list
	@echo "Keeps container images equal across registries. Targets:"
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'

build: target/built ## the mirror command, at batch-worker/target/mirror/bin/mirror

demo: target/built ## copies an image between registries that it starts itself (KEEP=1 leaves them running)
	@KEEP="$(KEEP)" $(RUN_TEST_CLASS) dev.imagemirror.demo.CopyDemo $(ARGS)

test: jdk ## formatting, unit, integration and architecture tests
	$(MVN) verify

e2e: target/built ## against docker-registry and skopeo, which it installs on Debian if it may
	@.ci/install-peers
	$(MVN) verify -Pe2e

bench: bench-copy ## all benchmarks

bench-copy: target/built ## copy speed and memory beside skopeo (ARGS="--runs 3 --out FILE"); needs what e2e needs
	@.ci/install-peers
	@$(RUN_TEST_CLASS) dev.imagemirror.bench.CopyBenchmark $(ARGS)

format: jdk ## formats the Java sources
	$(MVN) -q spotless:apply

images: jdk ## pushes both images, amd64 and arm64 (IMAGE_REGISTRY=host:port BASE_IMAGE=…)
	$(MVN) -q package jib:build -DskipTests -Djib.allowInsecureRegistries=true -Djib.console=plain \
	    -Djib.from.image=$(BASE_IMAGE) -Dimage.registry=$(IMAGE_REGISTRY)
	@echo "Pushed $(IMAGE_REGISTRY)/mirror and $(IMAGE_REGISTRY)/mirror-operator"

clean: jdk ## removes what was built
	$(MVN) -q clean

target/built: $(SOURCES) | jdk
	@echo "Building. The first time this also downloads Maven and the libraries, which takes a minute or two." >&2
	@$(MVN) -q -DskipTests package
	@$(RUN_TEST_CLASS) dev.imagemirror.demo.CdsTraining batch-worker/src/main/sh/make-cds $(DIST)
	@mkdir -p target && touch $@

jdk:
	@command -v "$(JAVA)" >/dev/null || { \
	    echo "No Java found as '$(JAVA)'. Install a JDK 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)," >&2; \
	    echo "or set JAVA_HOME to one." >&2; exit 1; }
	@version=$$("$(JAVA)" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p'); \
	case "$$version" in 1.*|9|1[0-6]) \
	    echo "'$(JAVA)' is Java $$version; this needs a JDK 17 or newer. Set JAVA_HOME to one." >&2; exit 1 ;; esac
	@"$(JAVA)" --list-modules | grep -q '^jdk.compiler' || { \
	    echo "'$(JAVA)' belongs to a JRE without a compiler; this needs a JDK 17 or newer. Set JAVA_HOME to one." >&2; exit 1; }
