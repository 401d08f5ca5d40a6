package io.storyreel.system;

import java.util.Random;
import java.util.function.BiConsumer;

/** What a walk does next, and how often it comes to mind. */
enum WalkStep {
    CREATE(8, ProjectCalls::create),
    READ(3, ProjectCalls::read),
    CHANGE(12, ProjectCalls::change),
    CHANGE_STALE(4, ProjectCalls::changeStale),
    DELETE(3, ProjectCalls::delete),
    LIST(2, ProjectCalls::list),
    PLAN(3, ProjectCalls::plan),
    READ_JOB(4, StoryboardCalls::read),
    METADATA(3, StoryboardCalls::metadata),
    APPROVE(8, StoryboardCalls::approve),
    RENDER(5, StoryboardCalls::render),
    CANCEL(3, StoryboardCalls::cancel),
    RENDERS(3, StoryboardCalls::renders),
    EXPORT(1, StoryboardCalls::export),
    REORDER(10, StoryboardCalls::reorder),
    REORDER_WRONGLY(5, StoryboardCalls::reorderWrongly),
    DESCRIBE(8, SceneCalls::describe),
    REDRAW(1, SceneCalls::redraw),
    IMAGES(1, SceneCalls::images),
    TAKE_BACK(4, SceneCalls::takeBack),
    REFINE_WRONGLY(5, SceneCalls::refineWrongly),
    PRESET(3, WorkspaceCalls::preset),
    PRESETS(1, WorkspaceCalls::presets),
    WEBHOOK(3, WorkspaceCalls::webhook),
    BUDGET(2, WorkspaceCalls::budget),
    FLAWED_PROJECT(6, RefusedCalls::flawedProject),
    FLAWED_CHANGE(6, RefusedCalls::flawedChange),
    NOWHERE(8, RefusedCalls::nowhere),
    STRANGER(4, RefusedCalls::stranger),
    MALFORMED(5, RefusedCalls::malformed),
    QUERY(4, RefusedCalls::query),
    OTHER_THINGS(2, RefusedCalls::otherThings);

    final int weight;
    private final BiConsumer<Walker, Random> calls;

    WalkStep(int weight, BiConsumer<Walker, Random> calls) {
        this.weight = weight;
        this.calls = calls;
    }

    void take(Walker walker, long seed) {
        calls.accept(walker, new Random(seed));
    }
}
