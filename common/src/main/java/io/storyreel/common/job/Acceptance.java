package io.storyreel.common.job;

import io.storyreel.common.budget.BudgetShortage;

import java.time.Instant;
import java.util.UUID;

/** Whether a new job was written. */
public sealed interface Acceptance {

    /** It is in the database and will be done, whatever happens to anybody else. */
    record Accepted(Instant createdAt) implements Acceptance {}

    /** Another render of the project is active and the new one wanted to be the only one. */
    record AlreadyRendering() implements Acceptance {}

    /** The same work is under way: whoever asks for it waits for this job. */
    record UnderWay(UUID jobId) implements Acceptance {}

    /** The project was changed, disapproved or deleted since it was read. */
    record ProjectChanged() implements Acceptance {}

    /** Nobody can say what it costs, and its workspace has a budget. */
    record Unpriced() implements Acceptance {}

    /** What it may cost does not fit into the budget of its workspace. */
    record OverBudget(BudgetShortage shortage) implements Acceptance {}
}
