package dev.imagemirror.operator.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * The effective configuration. AWS region, credentials and endpoints are not part of it: they come from the SDK's
 * standard chain.
 *
 * @param tables the tables, and how changes to them are detected
 * @param loop the continuous loop
 * @param jobs copy jobs
 * @param registries access to registries
 * @param ecr settings specific to Amazon ECR
 * @param events the queue of AWS events
 * @param lease the lease that selects one active replica
 * @param kubernetes the front-end for policies in a cluster
 * @param web health, metrics, status API and dashboard
 */
public record OperatorConfig(
        TablesConfig tables,
        LoopConfig loop,
        JobsConfig jobs,
        RegistriesConfig registries,
        EcrConfig ecr,
        EventsConfig events,
        LeaseConfig lease,
        KubernetesConfig kubernetes,
        WebConfig web) {

    static OperatorConfig read(SettingReader reader) {
        return new OperatorConfig(
                TablesConfig.read(new Section("tables", reader)),
                LoopConfig.read(new Section("loop", reader)),
                JobsConfig.read(new Section("jobs", reader)),
                RegistriesConfig.read(new Section("registries", reader)),
                EcrConfig.read(new Section("ecr", reader)),
                EventsConfig.read(new Section("events", reader)),
                LeaseConfig.read(new Section("lease", reader)),
                KubernetesConfig.read(new Section("kubernetes", reader)),
                WebConfig.read(new Section("web", reader)));
    }

    /** Errors about settings that are valid individually, but not together. */
    List<String> conflicts() {
        return Stream.concat(tables.conflicts().stream(), jobs.conflicts().stream())
                .toList();
    }
}
