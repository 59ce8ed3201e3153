package dev.imagemirror.operator.batch;

import dev.imagemirror.operator.domain.CopyJobSpec;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Report lines as docs/worker.md shows them. */
final class TestingReports {
    private TestingReports() {}

    static String copied(CopyJobSpec job) {
        return line(job, "\"outcome\":\"copied\",\"digest\":\"sha256:" + "0".repeat(64) + "\",\"bytes\":314573446");
    }

    static String failed(CopyJobSpec job) {
        return line(job, "\"outcome\":\"failed\",\"bytes\":0,\"reason\":\"AccessDenied\",\"error\":\"log in first\"");
    }

    private static String line(CopyJobSpec job, String fields) {
        return Stream.of(job.parameters().get(CopyJobSpec.DESTINATIONS).split(","))
                .map(destination -> "{\"destination\":\"" + destination + "\"," + fields
                        + ",\"bytesMounted\":0,\"bytesPresent\":0,\"requests\":31}")
                .collect(Collectors.joining(
                        ",",
                        "MIRROR-REPORT {\"version\":1,\"engine\":\"mirror\",\"source\":\"a.example.com/x:1\","
                                + "\"sourceBytes\":314573446,\"sourceRequests\":12,\"destinations\":[",
                        "]}"));
    }
}
