package io.storyreel.api.plan;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names a plan by all that matters of it, in parts, so that one can say which of them has changed. */
public record PlanDigest(String storyboard, String providers, String purchases) {
    static final int PART_LENGTH = 20;

    /** How it is written. */
    public static final String FORM = "([0-9a-f]{20})-([0-9a-f]{20})-([0-9a-f]{20})";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    /** @throws ProblemException if no plan has such a digest */
    public static PlanDigest parse(String text) {
        Matcher parts = PATTERN.matcher(text);
        if (!parts.matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "plan_digest is not the digest of a plan: use the one that POST /projects/{id}/plan answers.",
                    List.of(new Violation("plan_digest", "must be the digest of a plan")));
        }
        return new PlanDigest(parts.group(1), parts.group(2), parts.group(3));
    }

    public String text() {
        return storyboard + "-" + providers + "-" + purchases;
    }

    /** What is different in the other; empty if nothing is. */
    public List<String> changesTo(PlanDigest other) {
        List<String> changes = new ArrayList<>();
        if (!storyboard.equals(other.storyboard)) {
            changes.add("the storyboard");
        }
        if (!providers.equals(other.providers)) {
            changes.add("the provider or its fallbacks");
        }
        if (!purchases.equals(other.purchases)) {
            changes.add("what has to be bought, or what it costs");
        }
        return changes;
    }
}
