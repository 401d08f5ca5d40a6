package io.storyreel.worker.provider;

/**
 * What a provider can do.
 *
 * @param idempotent whether a task handed over twice under the same key is made once
 * @param inGraph whether it moves the still picture while the video is composed, so that there is no task and no file
 */
public record Capabilities(boolean idempotent, boolean inGraph) {

    /** Makes a task of every request it gets, even if it got the same before. */
    public static final Capabilities TASKS = new Capabilities(false, false);

    /** Makes one task of a key. */
    public static final Capabilities TASKS_BY_KEY = new Capabilities(true, false);
}
