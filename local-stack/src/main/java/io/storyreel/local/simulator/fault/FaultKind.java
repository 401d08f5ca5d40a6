package io.storyreel.local.simulator.fault;

import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.call.Subject;
import io.storyreel.local.simulator.task.Phase;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static io.storyreel.local.simulator.call.CallKind.DOWNLOAD;
import static io.storyreel.local.simulator.call.CallKind.POLL;
import static io.storyreel.local.simulator.call.CallKind.SUBMIT;
import static io.storyreel.local.simulator.task.Phase.QUEUED;
import static io.storyreel.local.simulator.task.Phase.RUNNING;
import static io.storyreel.local.simulator.task.Phase.SUCCEEDED;
import static io.storyreel.local.simulator.task.Phase.THROTTLED;

/** Everything that can go wrong on demand; {@code docs/simulator.md} describes each. */
public enum FaultKind {
    NONE(Group.WIRE),

    /** A status of its own in the vendor's words; written as the number. */
    STATUS(Group.WIRE),
    QUOTA(Group.SUBMIT_ONLY),
    SLOW(Group.WIRE),
    HANG(Group.WIRE),
    RESET(Group.WIRE),
    RESET_AFTER(Group.API),
    LATE(Group.API),
    HTML(Group.WIRE),
    BAD_JSON(Group.API),
    HUGE(Group.API),
    REDIRECT(Group.WIRE),

    STUCK(Group.TASK),
    FAIL(Group.TASK),
    REFUSAL(Group.TASK),
    LATE_RESULT(Group.TASK),

    UNKNOWN_STATE(Group.POLL_ONLY),
    PROGRESS_ABOVE_ONE(Group.POLL_ONLY, RUNNING),
    PROGRESS_FALLS(Group.POLL_ONLY, RUNNING),
    MISSING_OUTPUT(Group.POLL_ONLY, SUCCEEDED),
    MONEY_TEXT(Group.POLL_ONLY),
    MONEY_NULL(Group.POLL_ONLY),
    STALE(Group.POLL_ONLY, QUEUED, THROTTLED, RUNNING, SUCCEEDED),
    WRONG_SHA256(Group.POLL_ONLY, SUCCEEDED),
    WRONG_SIZE(Group.POLL_ONLY, SUCCEEDED),

    TRUNCATED(Group.FILE),
    CUT(Group.FILE),
    CORRUPT(Group.FILE),
    TINY(Group.FILE),
    EXPIRED(Group.FILE),
    NO_CONTENT_LENGTH(Group.FILE),
    WRONG_LENGTH(Group.FILE),
    ENDLESS(Group.FILE);

    private enum Group {
        WIRE(EnumSet.allOf(CallKind.class)),
        API(EnumSet.complementOf(EnumSet.of(DOWNLOAD))),
        SUBMIT_ONLY(EnumSet.of(SUBMIT)),
        TASK(EnumSet.of(SUBMIT)),
        POLL_ONLY(EnumSet.of(POLL)),
        FILE(EnumSet.of(DOWNLOAD));

        private final Set<CallKind> calls;

        Group(Set<CallKind> calls) {
            this.calls = calls;
        }
    }

    private final Group group;
    private final Set<Phase> phases;

    FaultKind(Group group, Phase... phases) {
        this.group = group;
        this.phases = phases.length == 0 ? Set.of() : EnumSet.copyOf(Arrays.asList(phases));
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FaultKind> named(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word) && kind != NONE && kind != STATUS)
                .findFirst();
    }

    public boolean fits(CallKind call) {
        return group.calls.contains(call);
    }

    boolean fits(Subject subject) {
        return fits(subject.kind())
                && (group != Group.POLL_ONLY || subject.phase() != null)
                && (phases.isEmpty() || phases.contains(subject.phase()));
    }

    /** Whether only vendors with tasks can have it. */
    public boolean needsTasks() {
        return group == Group.TASK && this != REFUSAL || group == Group.POLL_ONLY || group == Group.FILE;
    }
}
