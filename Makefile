# Each target is one command that does its own set-up. All of them need a JDK 17 or newer, make and nothing else, except
# where `make help` says so.
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
# What was ended by Ctrl-C or SIGTERM has not failed: the shell outlives Ctrl-C, and says so to make
STOPPABLE = trap : INT;
UNLESS_STOPPED = { code=$$?; [ $$code -eq 130 ] || [ $$code -eq 143 ] || exit $$code; }
SOURCES := $(shell find pom.xml Makefile .mvn crds batch-worker operator -name target -prune -o -type f -print)

# What the user may set
ARGS ?=
KEEP ?=
MIRRORS ?=
LOCAL_TABLES ?= $(HOME)/.local/share/image-mirror
IMAGE_REGISTRY ?= 127.0.0.1:5000
IMAGE_TAG ?= 0.1.0-SNAPSHOT
FUNCTION_ARCH ?= amd64
BASE_IMAGE ?= eclipse-temurin:17-jre
# Also as the templates spell it
FUNCTION_ARCHITECTURE = $(subst x86_64,amd64,$(subst X86_64,amd64,$(subst ARM64,arm64,$(FUNCTION_ARCH))))

help: ## this list
	@echo "Keeps container images equal across registries. Targets:"
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

build: target/built ## both commands, at batch-worker/target/mirror/bin and operator/target/mirror-operator/bin

demo: target/built ## the operator on this machine: mirrors converge, drift is found and healed (KEEP=1 stays)
	@$(STOPPABLE) KEEP="$(KEEP)" $(RUN_OPERATOR_CLASS) dev.imagemirror.operator.demo.OperatorDemo || $(UNLESS_STOPPED)

demo-copy: target/built ## one copy by the mirror command, to four registries that it starts itself
	@$(STOPPABLE) KEEP="$(KEEP)" $(RUN_TEST_CLASS) dev.imagemirror.demo.CopyDemo $(ARGS) || $(UNLESS_STOPPED)

local: target/built ## the operator for your own registries, without AWS (MIRRORS=mirrors.yaml)
	@[ -n "$(MIRRORS)" ] || { echo "Say which mirrors: make local MIRRORS=mirrors.yaml" >&2; exit 64; }
	@$(STOPPABLE) $(RUN_OPERATOR_CLASS) dev.imagemirror.operator.demo.LocalOperator "$(MIRRORS)" "$(LOCAL_TABLES)" || $(UNLESS_STOPPED)

test: jdk ## formatting, unit, integration and architecture tests
	$(MVN) verify

lint: ## the CloudFormation templates, by cfn-lint, which it installs if it may
	@.ci/install-peers
	@PATH="$$PATH:$${XDG_CACHE_HOME:-$$HOME/.cache}/image-mirror/venv/bin" cfn-lint cloudformation/*.yaml

e2e: target/built ## against docker-registry, skopeo, moto, the AWS CLI, a real API server, Chromium and promtool, which it installs if it may
	@.ci/install-peers
	@.ci/e2e-binaries || echo "Whatever needs the API server is skipped."
	$(MVN) verify -Pe2e

e2e-binaries: ## builds the API server of the end-to-end tests into the user's cache (once; needs Go 1.24)
	@.ci/e2e-binaries

bench: bench-copy bench-sweep bench-scale bench-start ## all benchmarks

bench-copy: target/built ## copy speed and memory beside skopeo (ARGS="--runs 3 --out FILE"); needs what e2e needs
	@.ci/install-peers
	@$(RUN_TEST_CLASS) dev.imagemirror.bench.CopyBenchmark $(ARGS)

bench-sweep: target/built ## 10,000 pairs swept beside wrk and skopeo, and row edit to job (ARGS="--out FILE"); needs what e2e needs, and wrk
	@.ci/install-peers wrk
	@$(RUN_OPERATOR_CLASS) dev.imagemirror.operator.bench.SweepBenchmark $(ARGS)

bench-scale: target/built ## first fill of 5,000 rows, and tables of up to 100,000: time, calls, memory (ARGS="--sizes 1000,10000 --fill 500 --out FILE"); some 20 minutes
	@$(RUN_OPERATOR_CLASS) dev.imagemirror.operator.bench.ScaleBenchmark $(ARGS)

bench-start: target/built ## how long the commands take to begin, with and without an archive of classes and Java's second compiler (ARGS=rounds)
	@.ci/install-peers
	@$(RUN_OPERATOR_CLASS) dev.imagemirror.operator.bench.StartBenchmark $(ARGS)

chaos: target/built ## processes killed, stalled and run beside each other, in memory (ARGS="--kills 10000 --seed 1")
	@$(RUN_OPERATOR_CLASS) dev.imagemirror.operator.chaos.Chaos $(ARGS)

format: jdk ## formats the Java sources
	$(MVN) -q spotless:apply

crds: jdk ## writes manifests/base/crd.yaml anew from the Java types in crds/
	$(MVN) -q -pl crds test -Dtest=MirrorPolicyCrdTest -Dcrds.write=true -Djacoco.skip=true
	@echo "Written: manifests/base/crd.yaml"

images: jdk ## pushes both images, amd64 and arm64, and the function's (IMAGE_REGISTRY=host IMAGE_TAG=1 BASE_IMAGE=… FUNCTION_ARCH=arm64)
	@case "$(IMAGE_REGISTRY)" in "" | *://*) \
	    echo "IMAGE_REGISTRY is '$(IMAGE_REGISTRY)'; write a host without https://, such as 127.0.0.1:5000 or registry.example.com/team" >&2; \
	    exit 2 ;; esac
	@case "$(FUNCTION_ARCHITECTURE)" in amd64 | arm64) ;; *) \
	    echo "FUNCTION_ARCH is '$(FUNCTION_ARCH)'; write amd64 or arm64" >&2; exit 2 ;; esac
	@$(MVN) -q package jib:build jib:build@function -DskipTests -Djib.console=plain \
	    $(if $(filter 127.0.0.1:% localhost:%,$(IMAGE_REGISTRY)),-Djib.allowInsecureRegistries=true) \
	    -Djib.from.image=$(BASE_IMAGE) -Dimage.registry=$(IMAGE_REGISTRY) -Dimage.tag=$(IMAGE_TAG) \
	    -Dfunction.architecture=$(FUNCTION_ARCHITECTURE) || { \
	    echo "Not all was pushed to $(IMAGE_REGISTRY); the first ERROR above says why. IMAGE_REGISTRY says where to (log in with docker login)," >&2; \
	    echo "BASE_IMAGE what the images are built on: one for amd64 and arm64, now $(BASE_IMAGE). Where tags cannot be moved, take another IMAGE_TAG." >&2; \
	    exit 1; }
	@echo "Pushed $(IMAGE_REGISTRY)/mirror:$(IMAGE_TAG), $(IMAGE_REGISTRY)/mirror-operator:$(IMAGE_TAG) and, for Lambda, …:$(IMAGE_TAG)-lambda"

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
