package io.storyreel.local.simulator.call;

/** What an answer about a task carries, and what can therefore be wrong in it. */
public enum Part {
    STATE,
    PROGRESS,
    OUTPUT,
    /** The answer is itself a file. */
    FILE,
    SIZE,
    SHA256,
    MONEY
}
