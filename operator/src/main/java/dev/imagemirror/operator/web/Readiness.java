package dev.imagemirror.operator.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Readiness checks of the operator. As thread-safe as the checks. */
public final class Readiness {
    /**
     * One check.
     *
     * @param name short, such as {@code tables}
     * @param fault what is wrong; null if nothing. Must be quick: a client waits for it
     */
    public record Check(String name, Supplier<@Nullable String> fault) {}

    private final List<Check> checks;

    /** Takes all checks in display order. */
    public Readiness(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * Results of all checks.
     *
     * @param isReady whether all passed
     * @param document results by name
     */
    record Result(boolean isReady, Map<String, Object> document) {}

    Result check() {
        List<Map<String, Object>> results = new ArrayList<>();
        boolean isReady = true;
        for (Check check : checks) {
            String fault = fault(check);
            isReady &= fault == null;
            results.add(new Fields()
                    .text("name", check.name())
                    .put("ok", fault == null)
                    .text("detail", fault)
                    .map());
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ready", isReady);
        document.put("checks", results);
        return new Result(isReady, document);
    }

    /** Whether each check passed, by name. */
    Map<String, Boolean> results() {
        Map<String, Boolean> results = new LinkedHashMap<>();
        checks.forEach(check -> results.put(check.name(), fault(check) == null));
        return results;
    }

    private static String fault(Check check) {
        try {
            return check.fault().get();
        } catch (RuntimeException e) {
            return "the check failed: " + e;
        }
    }
}
