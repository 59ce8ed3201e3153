package dev.imagemirror.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Links, anchors and names of tests in the Markdown pages lead somewhere. */
class PagesTest {
    private static final Pattern TEST = Pattern.compile("([A-Z]\\w*[a-z](?:Test|IT|E2E|Contract))(?:\\.(\\w+))?");

    private static final Pattern PARENT = Pattern.compile("(?m)^[a-z ]*class \\w+ extends (\\w+)");

    private final List<Page> pages = Page.all();

    PagesTest() throws IOException {}

    @Test
    void relativeLinksLeadToFilesAndHeadings() {
        SoftAssertions softly = new SoftAssertions();
        for (Page page : pages) {
            for (String link : page.links()) {
                if (!link.matches("[a-z]+:.*")) {
                    softly.assertThat(fault(page, link))
                            .as("%s: %s", page, link)
                            .isEmpty();
                }
            }
        }
        softly.assertAll();
    }

    private static String fault(Page page, String link) {
        Path file = page.resolve(link);
        if (!file.startsWith(Page.ROOT) || !Files.exists(file)) {
            return "no such file";
        }
        String anchor = link.contains("#") ? link.substring(link.indexOf('#') + 1) : "";
        if (anchor.isEmpty()) {
            return "";
        }
        return file.toString().endsWith(".md") && Page.read(file).anchors().contains(anchor) ? "" : "no such heading";
    }

    @Test
    void everyLabelOfALinkIsDefinedAndUsed() {
        SoftAssertions softly = new SoftAssertions();
        for (Page page : pages) {
            softly.assertThat(page.labelsUsed()).as(page.toString()).isEqualTo(page.labelsDefined());
        }
        softly.assertAll();
    }

    @Test
    void linksToClassesLeadToTheirFiles() throws IOException {
        ClassLinks links = new ClassLinks();
        assertThat(pages).anyMatch(page -> page.text().contains(ClassLinks.MARK));
        SoftAssertions softly = new SoftAssertions();
        for (Page page : pages) {
            int end = page.text().indexOf(ClassLinks.MARK) + ClassLinks.MARK.length();
            if (end < ClassLinks.MARK.length()) {
                continue;
            }
            if (Boolean.getBoolean("imagemirror.write")) {
                Files.writeString(page.path(), page.text().substring(0, end) + links.of(page));
                continue;
            }
            softly.assertThat(page.text().substring(end))
                    .as("%s; -Dtest=PagesTest -Dimagemirror.write=true rewrites it", page)
                    .isEqualTo(links.of(page));
        }
        softly.assertAll();
    }

    @Test
    void testsThatPagesNameExist() throws IOException {
        Map<String, String> classes = testClasses();
        assertThat(pages.stream().flatMap(page -> page.codeSpans().stream()))
                .anyMatch(name -> TEST.matcher(name).matches());
        SoftAssertions softly = new SoftAssertions();
        for (Page page : pages) {
            for (String name : new TreeSet<>(page.codeSpans())) {
                Matcher test = TEST.matcher(name);
                if (test.matches()) {
                    softly.assertThat(has(classes, test.group(1), test.group(2)))
                            .as("%s: %s exists", page, name)
                            .isTrue();
                }
            }
        }
        softly.assertAll();
    }

    /** Whether there is such a class and, in it or in what it extends, such a method. */
    private static boolean has(Map<String, String> classes, String name, String method) {
        String source = classes.get(name);
        if (source == null || method == null || source.contains("void " + method + "(")) {
            return source != null;
        }
        Matcher parent = PARENT.matcher(source);
        return parent.find() && has(classes, parent.group(1), method);
    }

    /** Sources of the classes among the tests by simple name, which more than one may have. */
    private static Map<String, String> testClasses() throws IOException {
        Map<String, String> classes = new HashMap<>();
        for (String module : List.of("crds", "batch-worker", "operator")) {
            try (Stream<Path> files = Files.walk(Page.ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    classes.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return classes;
    }

    @Test
    void theReadmeStaysAFirstScreenAndLinks() {
        assertThat(Page.read(Page.ROOT.resolve("README.md")).text().lines()).hasSizeLessThanOrEqualTo(120);
    }
}
