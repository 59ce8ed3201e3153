package dev.imagemirror.image;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One parse of one reference. Grammar: github.com/distribution/reference ("reference.go"); the first path component is
 * a registry if it contains a dot or a colon, or is {@code localhost}. That grammar also takes a component with an
 * upper-case letter for a registry; here it is an error, since it is nearly always a misspelt repository.
 */
final class ReferenceParser {
    private static final Set<String> DOCKER_HUB_ALIASES =
            Set.of("docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");
    private static final int MAX_NAME_LENGTH = 255;
    private static final int MAX_PORT = 65_535;
    private static final Pattern PATH_COMPONENT = Pattern.compile("[a-z0-9]++((\\.|_{1,2}|-++)[a-z0-9]++)*+");

    private final String text;

    ReferenceParser(String text) {
        this.text = text;
    }

    ImageReference parse() {
        rejectWhatIsNoReference();
        int at = text.indexOf('@');
        String beforeDigest = at < 0 ? text : text.substring(0, at);
        Digest digest = at < 0 ? null : parseDigest(text.substring(at + 1));
        int slash = beforeDigest.indexOf('/');
        boolean hasRegistry = slash > 0 && isRegistry(beforeDigest.substring(0, slash));
        String registry = hasRegistry ? parseRegistry(beforeDigest.substring(0, slash)) : ImageReference.DOCKER_HUB;
        String path = hasRegistry ? beforeDigest.substring(slash + 1) : beforeDigest;
        int colon = path.lastIndexOf(':');
        String tag = colon < 0 ? null : parseTag(path.substring(colon + 1));
        String repository = parseRepository(registry, colon < 0 ? path : path.substring(0, colon));
        // many references share few registries and tags, and repeat each repository several times
        return new ImageReference(registry.intern(), repository.intern(), tag == null ? null : tag.intern(), digest);
    }

    private void rejectWhatIsNoReference() {
        if (text.isEmpty()) {
            throw fault("it is empty; write for example docker.io/library/golang:1.17");
        }
        if (Redaction.hasUserInformation(text)) {
            throw fault("credentials do not belong in a reference; put them in docker's config.json "
                    + "or the parameter named by CONTAINER_AUTH_PARAMETER");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw fault("it contains whitespace or non-ASCII characters");
        }
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            throw fault("a reference is not a URL; remove '" + text.substring(0, scheme + 3) + "'");
        }
    }

    private static boolean isRegistry(String component) {
        return component.equals("localhost") || component.chars().anyMatch(c -> c == '.' || c == ':' || c == '[');
    }

    private String parseRegistry(String component) {
        int colon = component.indexOf(':', component.startsWith("[") ? component.indexOf(']') + 1 : 0);
        String written = colon < 0 ? component : component.substring(0, colon);
        String host = RegistryHost.canonical(written);
        if (host == null) {
            throw fault("'" + written + "' is not a valid registry host");
        }
        String port = colon < 0 ? "" : parsePort(component.substring(colon + 1));
        return port.isEmpty() && DOCKER_HUB_ALIASES.contains(host) ? ImageReference.DOCKER_HUB : host + port;
    }

    /** {@code :port}, or empty for the default. */
    private String parsePort(String port) {
        boolean digits = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(port) : 0;
        if (number < 1 || number > MAX_PORT) {
            throw fault("'" + port + "' is not a port; ports are 1 to " + MAX_PORT);
        }
        return number == 443 ? "" : ":" + number;
    }

    private String parseRepository(String registry, String path) {
        if (path.isEmpty()) {
            throw fault("the repository name is missing");
        }
        for (String component : path.split("/", -1)) {
            if (!PATH_COMPONENT.matcher(component).matches()) {
                throw fault("repository component '" + component + "' is not allowed; use lower-case letters and "
                        + "digits, separated by '.', '_', '__' or '-'");
            }
        }
        boolean official = registry.equals(ImageReference.DOCKER_HUB) && path.indexOf('/') < 0;
        String repository = official ? "library/" + path : path;
        if (repository.length() > MAX_NAME_LENGTH) {
            throw fault("the repository name is longer than " + MAX_NAME_LENGTH + " characters");
        }
        return repository;
    }

    private String parseTag(String tag) {
        if (!ImageReference.isTag(tag)) {
            throw fault("tag '" + tag + "' is not allowed; a tag has 1 to 128 letters, digits, '_', '.' or '-', and "
                    + "does not start with '.' or '-'");
        }
        return tag;
    }

    private Digest parseDigest(String digest) {
        try {
            return Digest.parse(digest);
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
    }

    private InvalidReferenceException fault(String words) {
        return new InvalidReferenceException(text, words);
    }
}
