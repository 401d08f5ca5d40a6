package io.storyreel.local.simulator.call;

import java.util.Set;
import java.util.function.Supplier;

/**
 * What a call is about, as far as can be told before it is answered.
 *
 * @param task id, empty when it is about none that is known
 * @param carries what the answer will carry when all goes well
 * @param about text that rules of faults are matched against: the prompt of the task, or the body of a submit
 */
public record Subject(CallKind kind, String task, Set<Part> carries, Supplier<String> about) {

    public Subject {
        carries = Set.copyOf(carries);
    }

    public static Subject of(CallKind kind) {
        return new Subject(kind, "", Set.of(), () -> "");
    }

    /** @param body of the request */
    public static Subject submit(Supplier<String> body, Part... carries) {
        return new Subject(CallKind.SUBMIT, "", Set.of(carries), body);
    }
}
