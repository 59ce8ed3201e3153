package dev.imagemirror;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The compiler checks nulls only in packages that are {@code @NullMarked}. */
public final class NullChecks {
    /** What {@code @NullMarked} and {@code @Nullable} come from; every part may use them. */
    public static final String JSPECIFY = "org.jspecify..";

    private NullChecks() {}

    /**
     * Fails with the packages that are not marked.
     *
     * @param notYet packages that need not be
     */
    public static void areOnEverywhere(JavaClasses classes, String... notYet) {
        Stream<String> unmarked = classes.that(not(resideInAnyPackage(notYet))).stream()
                .map(JavaClass::getPackage)
                .filter(part -> !part.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .distinct();
        assertThat(unmarked).as("packages without @NullMarked").isEmpty();
    }
}
