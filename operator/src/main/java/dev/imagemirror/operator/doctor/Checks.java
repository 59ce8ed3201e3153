package dev.imagemirror.operator.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Checks one after the other, none of which stops the next. */
public final class Checks {
    private final Consumer<Finding> report;
    private final List<Finding> failures = new ArrayList<>();

    /** @param report is told of each finding as it comes */
    public Checks(Consumer<Finding> report) {
        this.report = report;
    }

    /** Makes a check; one that throws has failed. */
    public void run(String subject, String fix, Supplier<List<Finding>> check) {
        List<Finding> findings;
        try {
            findings = check.get();
        } catch (RuntimeException e) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            findings = List.of(Finding.bad(subject, message, fix));
        }
        findings.forEach(report);
        findings.stream().filter(finding -> !finding.isGood()).forEach(failures::add);
    }

    public boolean areAllGood() {
        return failures.isEmpty();
    }
}
