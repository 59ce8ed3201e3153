package dev.imagemirror.operator.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Links to classes, defined at the end of a page: {@code [Label]: path}, where the label is the class's simple name. */
final class ClassLinks {
    /** Begins the definitions; nothing follows them. */
    static final String MARK =
            "<!-- class links: checked by PagesTest, which rewrites them with -Dimagemirror.write=true -->\n";

    private final Map<String, TreeSet<Path>> files = new TreeMap<>();

    ClassLinks() throws IOException {
        for (String module : List.of("crds", "batch-worker", "operator")) {
            try (Stream<Path> sources = Files.walk(Page.ROOT.resolve(module).resolve("src"))) {
                sources.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> files.computeIfAbsent(
                                        file.getFileName().toString().replace(".java", ""), unknown -> new TreeSet<>())
                                .add(file));
            }
        }
    }

    /** The page's definitions as they should be, one for each class that it names in brackets. */
    String of(Page page) {
        return page.labelsUsed().stream()
                .map(label -> "[" + label + "]: " + page.path().getParent().relativize(file(label)) + "\n")
                .collect(Collectors.joining());
    }

    /** Main code comes before tests; a name that two classes have is no label. */
    private Path file(String label) {
        List<Path> found = List.copyOf(files.getOrDefault(label, new TreeSet<>()));
        List<Path> main = found.stream()
                .filter(file -> file.toString().contains("/src/main/"))
                .toList();
        List<Path> candidates = main.isEmpty() ? found : main;
        if (candidates.size() != 1) {
            throw new AssertionError("[" + label + "] is the name of " + candidates.size() + " classes: " + candidates);
        }
        return candidates.get(0);
    }
}
