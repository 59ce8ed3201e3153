package dev.imagemirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import org.jspecify.annotations.NullMarked;

/** The compiler checks nulls only in packages that are {@code @NullMarked}. */
public final class NullChecks {
    /** What {@code @NullMarked} and {@code @Nullable} come from; every part may use them. */
    public static final String JSPECIFY = "org.jspecify..";

    private NullChecks() {}

    /** Fails with the packages that are not marked. */
    public static void areOnEverywhere(JavaClasses classes) {
        assertThat(classes.stream()
                        .map(JavaClass::getPackage)
                        .filter(part -> !part.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        .distinct())
                .as("packages without @NullMarked")
                .isEmpty();
    }
}
