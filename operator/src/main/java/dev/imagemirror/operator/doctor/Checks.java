package dev.imagemirror.operator.doctor;

import dev.imagemirror.operator.program.Exit;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs checks in sequence; a failure does not stop the next one. */
public final class Checks {
    private final Consumer<Finding> report;
    private int exitCode = Exit.OK;

    /** @param report receives each finding immediately */
    public Checks(Consumer<Finding> report) {
        this.report = report;
    }

    /** Runs a check; an exception counts as a failure. */
    public void run(String subject, String fix, Supplier<List<Finding>> check) {
        List<Finding> findings;
        try {
            findings = check.get();
        } catch (RuntimeException e) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            findings = List.of(Finding.bad(subject, message, fix));
        }
        findings.forEach(report);
        findings.forEach(finding -> exitCode = Math.max(exitCode, finding.exit()));
    }

    /** Exit code of the worst finding. */
    public int exitCode() {
        return exitCode;
    }
}
