package dev.imagemirror;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.time.Clock;
import java.util.Set;

/**
 * Calls and method references that ask the world outside instead of what was handed in: the wall clock, sleeping, the
 * environment, the end of the process, chance. The monotonic clock may be handed on, as {@code System::nanoTime}, but not
 * read. Shared by the architecture tests of all modules.
 */
public final class OutsideWorld {
    private static final Set<String> NOW = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.OffsetDateTime",
            "java.time.ZonedDateTime");
    private static final Set<String> ASKING = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.exit",
            "java.lang.System.getenv",
            "java.lang.Runtime.exit",
            "java.lang.Runtime.halt",
            "java.lang.Thread.sleep",
            "java.util.concurrent.TimeUnit.sleep",
            "java.lang.Math.random",
            "java.util.Random.<init>",
            "java.util.SplittableRandom.<init>",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.Date.<init>");

    /** Is such a call or reference; a {@code now(clock)} is none. */
    public static final DescribedPredicate<JavaAccess<?>> IS_ASKED =
            DescribedPredicate.describe("asks the outside world", OutsideWorld::asks);

    private OutsideWorld() {}

    /** All classes but the programs (those with a main method, and picocli commands) in the package. */
    public static DescribedPredicate<JavaClass> areNotProgramsIn(String packageIdentifier) {
        DescribedPredicate<JavaClass> programs = DescribedPredicate.describe("are programs", OutsideWorld::isProgram);
        return DescribedPredicate.not(resideInAPackage(packageIdentifier).and(programs))
                .as("are not programs in %s", packageIdentifier);
    }

    private static boolean isProgram(JavaClass type) {
        return type.tryGetMethod("main", String[].class).isPresent()
                || type.isAnnotatedWith("picocli.CommandLine$Command");
    }

    private static boolean asks(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return ASKING.contains(owner + "." + name)
                || isReadOfMonotonicClock(access)
                || (name.equals("now") && NOW.contains(owner) && !isGivenAClock(access));
    }

    private static boolean isReadOfMonotonicClock(JavaAccess<?> access) {
        return access instanceof JavaMethodCall
                && access.getTarget().getFullName().equals("java.lang.System.nanoTime()");
    }

    private static boolean isGivenAClock(JavaAccess<?> access) {
        return access.getTarget().getFullName().contains(Clock.class.getName());
    }
}
