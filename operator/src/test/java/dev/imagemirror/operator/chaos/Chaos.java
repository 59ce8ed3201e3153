package dev.imagemirror.operator.chaos;

import java.util.Locale;
import java.util.Random;

/** {@code make chaos}: many seeds of {@link ChaosRun}, until so many processes were killed. */
public final class Chaos {
    private static final int KILLS_A_SEED = 40;

    private Chaos() {}

    /**
     * Runs.
     *
     * @param arguments {@code --kills N} (default 1000) and {@code --seed N} (default: any): the first seed; the others
     *     follow it
     */
    public static void main(String[] arguments) {
        long kills = option(arguments, "--kills", 1000);
        long first = option(arguments, "--seed", new Random().nextInt(1_000_000));
        long killed = 0;
        long jobs = 0;
        long late = 0;
        long orphans = 0;
        long violations = 0;
        long seed = first;
        long start = System.nanoTime();
        for (; killed < kills; seed++) {
            try {
                ChaosRun.Result result = ChaosRun.run(seed, KILLS_A_SEED);
                jobs += result.jobs();
                late += result.lateDuplicates();
                orphans += result.orphans();
            } catch (AssertionError e) {
                violations++;
                System.out.println(e.getMessage());
            }
            killed += KILLS_A_SEED;
        }
        System.out.println(String.format(
                Locale.ROOT,
                "seeds %d to %d: %d kills, %d jobs, %d late duplicates, %d after their claims, %d violations, %.0f s",
                first,
                seed - 1,
                killed,
                jobs,
                late,
                orphans,
                violations,
                (System.nanoTime() - start) / 1e9));
        System.exit(violations == 0 ? 0 : 1);
    }

    private static long option(String[] arguments, String name, long otherwise) {
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (arguments[i].equals(name)) {
                return Long.parseLong(arguments[i + 1]);
            }
        }
        return otherwise;
    }
}
