# Each target does its own setup. All of them need only make and JDK 17 or newer, unless `make help` says otherwise.
.DEFAULT_GOAL := help
.PHONY: help build demo demo-copy local test lint e2e e2e-binaries bench bench-copy bench-sweep bench-scale bench-start chaos format crds images clean jdk

ifneq ($(JAVA_HOME),)
JAVA := $(JAVA_HOME)/bin/java
else
JAVA := java
endif
MVN := ./mvnw --no-transfer-progress
WORKER := batch-worker/target
OPERATOR := operator/target
DIST := $(WORKER)/mirror
# The programs among the test classes: the demos and the benchmarks
RUN_TEST_CLASS = $(JAVA) -cp "$(WORKER)/test-classes:$(WORKER)/classes:$$(cat $(WORKER)/test-classpath)"
RUN_OPERATOR_CLASS = $(JAVA) -cp "$(OPERATOR)/test-classes:$(OPERATOR)/classes:$$(cat $(OPERATOR)/test-classpath)"
# Stopping by Ctrl-C or SIGTERM is not a failure: the shell survives Ctrl-C and tells make so
STOPPABLE = trap : INT;
UNLESS_STOPPED = { code=$$?; [ $$code -eq 130 ] || [ $$code -eq 143 ] || exit $$code; }
SOURCES := $(shell find pom.xml Makefile .mvn crds batch-worker operator -name target -prune -o -type f -print)

# Variables the user may set
ARGS ?=
KEEP ?=
MIRRORS ?=
LOCAL_TABLES ?= $(HOME)/.local/share/image-mirror
IMAGE_REGISTRY ?= 127.0.0.1:5000
IMAGE_TAG ?= 0.1.0-SNAPSHOT
FUNCTION_ARCH ?= amd64
BASE_IMAGE ?= eclipse-temurin:17-jre
# Also accepts the templates' spelling
FUNCTION_ARCHITECTURE = $(subst x86_64,amd64,$(subst X86_64,amd64,$(subst ARM64,arm64,$(FUNCTION_ARCH))))

help: ## list the targets
	@echo "Keeps container images in sync across registries. Targets:"
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

build: target/built ## build both commands: batch-worker/target/mirror/bin and operator/target/mirror-operator/bin

demo: target/built ## run the operator on this machine: mirrors converge, drift is detected and fixed (KEEP=1 keeps it running)
	@$(STOPPABLE) KEEP="$(KEEP)" $(RUN_OPERATOR_CLASS) dev.imagemirror.operator.demo.OperatorDemo || $(UNLESS_STOPPED)

demo-copy: target/built ## run the mirror command: one copy to four registries, which it starts itself (KEEP=1 keeps them running)
	@$(STOPPABLE) KEEP="$(KEEP)" $(RUN_TEST_CLASS) dev.imagemirror.demo.CopyDemo $(ARGS) || $(UNLESS_STOPPED)

local: target/built ## run the operator for your own registries, without AWS (MIRRORS=mirrors.yaml)
	@[ -n "$(MIRRORS)" ] || { echo "MIRRORS is not set; use: make local MIRRORS=mirrors.yaml" >&2; exit 64; }
	@$(STOPPABLE) $(RUN_OPERATOR_CLASS) dev.imagemirror.operator.demo.LocalOperator "$(MIRRORS)" "$(LOCAL_TABLES)" || $(UNLESS_STOPPED)

test: jdk ## check formatting; run unit, integration and architecture tests
	$(MVN) verify

lint: ## check the CloudFormation templates with cfn-lint, installing it if possible
	@.ci/install-peers
	@PATH="$$PATH:$${XDG_CACHE_HOME:-$$HOME/.cache}/image-mirror/venv/bin" cfn-lint cloudformation/*.yaml

e2e: target/built ## run tests against docker-registry, skopeo, moto, AWS CLI, kube-apiserver, Chromium and promtool, installing them if possible
	@.ci/install-peers
	@.ci/e2e-binaries || echo "Skipping tests that need the API server."
	$(MVN) verify -Pe2e

e2e-binaries: ## build the API server for the end-to-end tests in the user's cache (once; needs Go 1.24)
	@.ci/e2e-binaries

bench: bench-copy bench-sweep bench-scale bench-start ## run all benchmarks

bench-copy: target/built ## compare copy speed and memory with skopeo (ARGS="--runs 3 --out FILE"); same requirements as e2e
	@.ci/install-peers
	@$(RUN_TEST_CLASS) dev.imagemirror.bench.CopyBenchmark $(ARGS)

bench-sweep: target/built ## sweep 10,000 pairs, compared with wrk and skopeo; latency from row edit to job (ARGS="--out FILE"); requires wrk and what e2e requires
	@.ci/install-peers wrk
	@$(RUN_OPERATOR_CLASS) dev.imagemirror.operator.bench.SweepBenchmark $(ARGS)

bench-scale: target/built ## initial sync of 5,000 rows, and tables of up to 100,000: time, calls, memory (ARGS="--sizes 1000,10000 --fill 500 --out FILE"); takes about 20 minutes
	@$(RUN_OPERATOR_CLASS) dev.imagemirror.operator.bench.ScaleBenchmark $(ARGS)

bench-start: target/built ## measure startup time of the commands, with and without class-data sharing and the C2 compiler (ARGS=rounds)
	@.ci/install-peers
	@$(RUN_OPERATOR_CLASS) dev.imagemirror.operator.bench.StartBenchmark $(ARGS)

chaos: target/built ## kill, stall and run processes concurrently, in memory (ARGS="--kills 10000 --seed 1")
	@$(RUN_OPERATOR_CLASS) dev.imagemirror.operator.chaos.Chaos $(ARGS)

format: jdk ## format the Java sources
	$(MVN) -q spotless:apply

crds: jdk ## regenerate manifests/base/crd.yaml from the Java types in crds/
	$(MVN) -q -pl crds test -Dtest=MirrorPolicyCrdTest -Dcrds.write=true -Djacoco.skip=true
	@echo "Wrote manifests/base/crd.yaml"

images: jdk ## push both images (amd64 and arm64) and the Lambda image (IMAGE_REGISTRY=host IMAGE_TAG=1 BASE_IMAGE=… FUNCTION_ARCH=arm64)
	@case "$(IMAGE_REGISTRY)" in "" | *://*) \
	    echo "IMAGE_REGISTRY '$(IMAGE_REGISTRY)' is invalid; expected a host without https://, such as 127.0.0.1:5000 or registry.example.com/team" >&2; \
	    exit 2 ;; esac
	@case "$(FUNCTION_ARCHITECTURE)" in amd64 | arm64) ;; *) \
	    echo "FUNCTION_ARCH '$(FUNCTION_ARCH)' is invalid; expected amd64 or arm64" >&2; exit 2 ;; esac
	@$(MVN) -q package jib:build jib:build@function -DskipTests -Djib.console=plain \
	    $(if $(filter 127.0.0.1:% localhost:%,$(IMAGE_REGISTRY)),-Djib.allowInsecureRegistries=true) \
	    -Djib.from.image=$(BASE_IMAGE) -Dimage.registry=$(IMAGE_REGISTRY) -Dimage.tag=$(IMAGE_TAG) \
	    -Dfunction.architecture=$(FUNCTION_ARCHITECTURE) || { \
	    echo "Push to $(IMAGE_REGISTRY) failed; see the first ERROR above. IMAGE_REGISTRY is the target (log in with docker login);" >&2; \
	    echo "BASE_IMAGE is a base image for amd64 and arm64, currently $(BASE_IMAGE). If tags are immutable, use another IMAGE_TAG." >&2; \
	    exit 1; }
	@echo "Pushed $(IMAGE_REGISTRY)/mirror:$(IMAGE_TAG), $(IMAGE_REGISTRY)/mirror-operator:$(IMAGE_TAG) and, for Lambda, …:$(IMAGE_TAG)-lambda"

clean: jdk ## remove build output
	$(MVN) -q clean

target/built: $(SOURCES) | jdk
	@echo "Building. The first build also downloads Maven and the libraries, which takes a minute or two." >&2
	@$(MVN) -q -DskipTests package
	@$(RUN_TEST_CLASS) dev.imagemirror.demo.CdsTraining batch-worker/src/main/sh/make-cds $(DIST)
	@mkdir -p target && touch $@

jdk:
	@command -v "$(JAVA)" >/dev/null || { \
	    echo "Java not found ('$(JAVA)'). Install JDK 17 or newer (Debian: apt-get install openjdk-17-jdk-headless)," >&2; \
	    echo "or set JAVA_HOME to one." >&2; exit 1; }
	@version=$$("$(JAVA)" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p'); \
	case "$$version" in 1.*|9|1[0-6]) \
	    echo "'$(JAVA)' is Java $$version; JDK 17 or newer is required. Set JAVA_HOME to one." >&2; exit 1 ;; esac
	@"$(JAVA)" --list-modules | grep -q '^jdk.compiler' || { \
	    echo "'$(JAVA)' is a JRE without a compiler; JDK 17 or newer is required. Set JAVA_HOME to one." >&2; exit 1; }
