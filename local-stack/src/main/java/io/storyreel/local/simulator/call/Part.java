package io.storyreel.local.simulator.call;

/** What an answer about a task carries, and what can therefore be wrong in it. */
public enum Part {
    STATE,
    PROGRESS,
    OUTPUT,
    SIZE,
    SHA256,
    MONEY
}
