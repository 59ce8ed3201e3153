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
     * Fails with the packages that are not marked, and with those of {@code notYet} that are: the list only shrinks.
     *
     * @param notYet packages that need not be
     */
    public static void areOnEverywhere(JavaClasses classes, String... notYet) {
        assertThat(packages(classes.that(not(resideInAnyPackage(notYet))), false))
                .as("packages without @NullMarked")
                .isEmpty();
        assertThat(packages(classes.that(resideInAnyPackage(notYet)), true))
                .as("packages that are @NullMarked by now")
                .isEmpty();
    }

    private static Stream<String> packages(JavaClasses classes, boolean marked) {
        return classes.stream()
                .map(JavaClass::getPackage)
                .filter(part -> part.isAnnotatedWith(NullMarked.class) == marked)
                .map(JavaPackage::getName)
                .distinct();
    }
}
