package dev.imagemirror.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.imagemirror.copy.CopyReport;
import dev.imagemirror.copy.DestinationReport;
import dev.imagemirror.image.Visible;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The line on standard output that reports the outcome of each destination to the operator. */
final class ReportLine {
    /** The line's prefix. */
    static final String PREFIX = "MIRROR-REPORT ";

    private ReportLine() {}

    static String of(CopyReport report, String engine) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeStringField("engine", engine);
            json.writeStringField("source", report.source().toString());
            if (report.digest() != null) {
                json.writeStringField("digest", report.digest().toString());
            }
            json.writeNumberField("sourceBytes", report.sourceBytes());
            json.writeNumberField("sourceRequests", report.sourceRequests());
            json.writeArrayFieldStart("destinations");
            for (DestinationReport destination : report.destinations()) {
                write(json, destination);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return PREFIX + Visible.json(text.toString());
    }

    private static void write(JsonGenerator json, DestinationReport report) throws IOException {
        json.writeStartObject();
        json.writeStringField("destination", report.destination().toString());
        json.writeStringField("outcome", report.outcome().word());
        if (report.digest() != null) {
            json.writeStringField("digest", report.digest().toString());
        }
        json.writeNumberField("bytes", report.transfer().bytes());
        json.writeNumberField("bytesMounted", report.transfer().bytesMounted());
        json.writeNumberField("bytesPresent", report.transfer().bytesPresent());
        json.writeNumberField("requests", report.transfer().requests());
        DestinationReport.Failure failure = report.failure();
        if (failure != null) {
            json.writeStringField("reason", failure.kind().reason());
            json.writeStringField("error", report.error());
            if (failure.throttledBy() != null) {
                json.writeStringField("throttledBy", failure.throttledBy());
            }
        }
        json.writeEndObject();
    }
}
