package dev.imagemirror.operator.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Environment variables that look like settings but are not, usually because they are misspelt. */
public final class UnknownVariables {
    private static final String PREFIX = "MIRROR_OPERATOR_";

    /** Read by the launcher, by logging, and before the configuration is loaded. */
    private static final Set<String> OTHERS =
            Set.of(PREFIX + "CONFIG", PREFIX + "LOG_LEVEL", PREFIX + "LOG_FORMAT", PREFIX + "JAVA_OPTS");

    /** What Kubernetes sets for a service named mirror-operator. */
    private static final Pattern OF_A_SERVICE = Pattern.compile(PREFIX + "(SERVICE_.*|PORT(_.*)?)");

    private UnknownVariables() {}

    /** A warning for each. */
    public static List<String> warnings(Map<String, String> environment) {
        Set<String> known = Settings.ALL.stream().map(Setting::variable).collect(Collectors.toSet());
        return environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX))
                .filter(name -> !known.contains(name) && !OTHERS.contains(name))
                .filter(name -> !OF_A_SERVICE.matcher(name).matches())
                .sorted()
                .map(name -> "warning: ignoring unknown variable " + name
                        + "; see 'mirror-operator config' for all settings")
                .toList();
    }
}
