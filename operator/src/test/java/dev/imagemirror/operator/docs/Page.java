package dev.imagemirror.operator.docs;

import dev.imagemirror.e2e.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One of the project's Markdown pages, read as GitHub renders it. */
record Page(Path path, String text) {
    static final Path ROOT = Peers.projectRoot();

    private static final String BUILT = "target";
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
    private static final Pattern INLINE = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern DEFINITION = Pattern.compile("(?m)^\\[([^]\n]+)]: (\\S+)$");
    private static final Pattern FULL_REFERENCE = Pattern.compile("\\[[^]\n]+]\\[([^]\n]+)]");
    private static final Pattern SHORT_REFERENCE = Pattern.compile("(?<!])\\[([A-Z]\\w+)](?![\\[(:\\w])");

    /** All pages of the project. */
    static List<Page> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md") && isOurs(ROOT.relativize(file)))
                    .sorted()
                    .map(Page::read)
                    .toList();
        }
    }

    private static boolean isOurs(Path file) {
        return Stream.iterate(file, path -> path != null, Path::getParent)
                .map(path -> path.getFileName().toString())
                .noneMatch(name -> name.equals(BUILT) || (name.startsWith(".") && !name.equals(".github")));
    }

    static Page read(Path path) {
        try {
            return new Page(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Targets of its links and images, those of reference definitions included. */
    List<String> links() {
        String prose = withoutCode();
        return Stream.concat(all(INLINE, prose, 1), all(DEFINITION, prose, 2)).toList();
    }

    /** The file that a relative link leads to, by {@code target} as {@link #links} gives it. */
    Path resolve(String target) {
        String file = target.replaceFirst("#.*", "");
        return file.isEmpty() ? path : path.resolveSibling(file).normalize();
    }

    /** Labels of the links that are defined elsewhere on the page: {@code [text][label]} and {@code [Label]}. */
    Set<String> labelsUsed() {
        String prose = HEADING.matcher(withoutCode()).replaceAll("");
        Set<String> labels = new TreeSet<>();
        Stream.concat(all(FULL_REFERENCE, prose, 1), all(SHORT_REFERENCE, prose, 1))
                .forEach(labels::add);
        return labels;
    }

    Set<String> labelsDefined() {
        Set<String> labels = new TreeSet<>();
        all(DEFINITION, withoutCode(), 1).forEach(labels::add);
        return labels;
    }

    /** Anchors of its headings: lower case, no punctuation, hyphens for spaces, a number for one that stands twice. */
    Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new TreeSet<>();
        all(HEADING, FENCE.matcher(text).replaceAll(""), 1).forEach(heading -> {
            String anchor = heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }

    /** What stands between backquotes. */
    List<String> codeSpans() {
        return all(CODE, FENCE.matcher(text).replaceAll(""), 1).toList();
    }

    private String withoutCode() {
        return CODE.matcher(FENCE.matcher(text).replaceAll("")).replaceAll("");
    }

    private static Stream<String> all(Pattern pattern, String text, int group) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(group));
    }

    @Override
    public String toString() {
        return ROOT.relativize(path).toString();
    }
}
