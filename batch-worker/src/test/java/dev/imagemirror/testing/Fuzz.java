package dev.imagemirror.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Gives a parser good inputs that were damaged at random, by a seed, so that a run is the same each time. An input that takes
 * longer than any could on the slowest machine is one that hangs, and fails.
 */
public final class Fuzz {
    private static final long HANGS_AFTER_SECONDS = 30;
    private static final int LONGEST = 20_000;
    private static final List<String> PIECES = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "/",
            "@",
            "#",
            "<",
            ">",
            "=",
            ";",
            "*",
            "-",
            "_",
            ".",
            "%",
            "&a ",
            "*a ",
            "!!",
            "\u0000",
            "\n",
            "\t",
            " ",
            "é",
            "\uD800",
            "9",
            "-1",
            "1e400",
            "99999999999999999999",
            "null",
            "sha256:");

    private final Random random;
    private final List<String> seeds;

    /** @param seeds good inputs */
    public Fuzz(long seed, List<String> seeds) {
        this.random = new Random(seed);
        this.seeds = List.copyOf(seeds);
    }

    /**
     * Feeds so many inputs.
     *
     * @param parser throws nothing but assertion errors
     * @throws AssertionError with the input that was not read or refused as it has to be
     */
    public void run(int inputs, Consumer<String> parser) throws InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread worker = new Thread(work, "fuzz");
            worker.setDaemon(true);
            return worker;
        });
        List<String> corpus = new ArrayList<>(seeds);
        try {
            for (int i = 0; i < inputs; i++) {
                String input = damaged(corpus.get(random.nextInt(corpus.size())));
                feed(thread, input, parser);
                if (random.nextInt(20) == 0) { // damage adds up
                    corpus.set(random.nextInt(corpus.size()), random.nextInt(3) == 0 ? seeds.get(0) : input);
                }
            }
        } finally {
            thread.shutdownNow();
        }
    }

    private static void feed(ExecutorService thread, String input, Consumer<String> parser)
            throws InterruptedException {
        try {
            thread.submit(() -> parser.accept(input)).get(HANGS_AFTER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("input: " + shown(input), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("hangs with input: " + shown(input), e);
        }
    }

    private static String shown(String input) {
        return input.length() > 2000 ? input.substring(0, 2000) + "… (" + input.length() + ")" : input;
    }

    private String damaged(String input) {
        String text = input;
        for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
            text = hit(text);
        }
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    private String hit(String text) {
        int at = random.nextInt(text.length() + 1);
        int to = at + random.nextInt(Math.min(12, text.length() - at) + 1);
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at) + text.substring(to);
            case 1 -> text.substring(0, at) + piece + text.substring(at);
            case 2 -> text.substring(0, at) + piece + text.substring(to);
            case 3 -> text.substring(0, to) + text.substring(at);
            case 4 -> text.substring(0, at) + piece.repeat(random.nextInt(400)) + text.substring(at);
            default -> text.substring(0, at) + text.substring(at, to).repeat(random.nextInt(60)) + text.substring(to);
        };
    }
}
