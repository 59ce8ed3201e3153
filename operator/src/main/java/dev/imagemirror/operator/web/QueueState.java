package dev.imagemirror.operator.web;

import java.time.Duration;

/**
 * How the work queue does.
 *
 * @param depth entries that wait for a worker
 * @param planned entries whose turn comes later
 * @param oldestWaiting how long the one that waits longest has waited
 * @param workers threads that there should be
 * @param aliveWorkers threads that there are
 */
public record QueueState(int depth, int planned, Duration oldestWaiting, int workers, long aliveWorkers) {}
