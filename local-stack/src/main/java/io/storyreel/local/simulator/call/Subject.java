package io.storyreel.local.simulator.call;

import io.storyreel.local.simulator.task.Phase;

import java.util.function.Supplier;

/**
 * What a call is about, as far as can be told before it is answered.
 *
 * @param task id, empty when it is about none that is known
 * @param phase the task's; null without a task
 * @param about text that rules of faults are matched against: the prompt of the task, or the body of a submit
 */
public record Subject(CallKind kind, String task, Phase phase, Supplier<String> about) {

    public static Subject of(CallKind kind) {
        return new Subject(kind, "", null, () -> "");
    }

    public static Subject submit(Supplier<String> body) {
        return new Subject(CallKind.SUBMIT, "", null, body);
    }
}
