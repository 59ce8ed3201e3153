package dev.imagemirror.operator.config;

import java.time.Duration;

/**
 * The loop.
 *
 * @param interval how often digests are compared by default
 * @param workers concurrent reconciles
 * @param grace age at which an unrecorded claim is taken over
 */
public record LoopConfig(Duration interval, int workers, Duration grace) {
    static LoopConfig read(Section loop) {
        return new LoopConfig(
                loop.read("interval", "15m", Format.DURATION, "Default interval between digest comparisons"),
                loop.read("workers", "32", Format.number(1, 512), "Concurrent reconciles"),
                loop.read(
                        "grace",
                        "2m",
                        Format.minutes(1),
                        "Age at which a claim without a recorded job is taken over (10m for once)"));
    }
}
