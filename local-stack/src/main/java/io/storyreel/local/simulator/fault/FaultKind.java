package io.storyreel.local.simulator.fault;

import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.call.Part;
import io.storyreel.local.simulator.call.Subject;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import static io.storyreel.local.simulator.call.CallKind.DOWNLOAD;
import static io.storyreel.local.simulator.call.CallKind.POLL;
import static io.storyreel.local.simulator.call.CallKind.SUBMIT;

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

    UNKNOWN_STATE(Part.STATE),
    DUPLICATE(Part.STATE),
    PROGRESS_ABOVE_ONE(Part.PROGRESS),
    PROGRESS_FALLS(Part.PROGRESS),
    MISSING_OUTPUT(Part.OUTPUT),
    WRONG_SIZE(Part.SIZE),
    WRONG_SHA256(Part.SHA256),
    MONEY_TEXT(Part.MONEY),
    MONEY_NULL(Part.MONEY),

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
        ANSWER(EnumSet.of(SUBMIT, POLL)),
        FILE(EnumSet.of(DOWNLOAD));

        private final Set<CallKind> calls;

        Group(Set<CallKind> calls) {
            this.calls = calls;
        }
    }

    private final Group group;
    private final Part spoils; // null unless it is a fault of one part of an answer

    FaultKind(Group group) {
        this.group = group;
        this.spoils = null;
    }

    FaultKind(Part spoils) {
        this.group = Group.ANSWER;
        this.spoils = spoils;
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
        if (group == Group.FILE && subject.carries().contains(Part.FILE)) {
            return this != EXPIRED;
        }
        return fits(subject.kind()) && (spoils == null || subject.carries().contains(spoils));
    }

    /** Whether only vendors with tasks can have it. */
    public boolean needsTasks() {
        return group == Group.TASK && this != REFUSAL || group == Group.ANSWER || this == EXPIRED;
    }
}
