package io.storyreel.api.project;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storyboard.StoryboardRules;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Limits of what a project says beside its storyboard. Everything wrong is told at once. */
final class ProjectRules {
    static final int LONGEST_TITLE = 200;
    static final int LONGEST_LABEL = 100;

    private final List<Violation> violations = new ArrayList<>();

    private ProjectRules() {}

    /** Fails with every violation of the request. */
    static void check(ProjectRequest request) {
        List<Violation> violations = violations(request);
        if (!violations.isEmpty()) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, summary(violations), violations);
        }
    }

    static List<Violation> violations(ProjectRequest request) {
        var rules = new ProjectRules();
        if (request.title() == null || request.title().isBlank()) {
            rules.refuse("title", "is missing: give the project a name");
        }
        rules.checkLength("title", request.title(), LONGEST_TITLE);
        rules.checkLength("mode", request.mode(), LONGEST_LABEL);
        rules.checkLength("style", request.style(), LONGEST_LABEL);
        rules.checkTargetDuration(request.targetDuration());
        rules.checkWebhook(request.webhookUrl());
        rules.violations.addAll(StoryboardRules.violations(request.toStoryboard()));
        return List.copyOf(rules.violations);
    }

    private static String summary(List<Violation> violations) {
        Violation first = violations.get(0);
        String more = violations.size() == 1 ? "" : " (and " + (violations.size() - 1) + " more, see errors)";
        return first.field() + " " + first.message() + more + ".";
    }

    private void checkLength(String field, String text, int most) {
        if (text == null) {
            return;
        }
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            refuse(field, "may have at most " + most + " characters, has " + length);
        }
        if (text.indexOf('\0') >= 0) {
            refuse(field, "holds a NUL character: remove it");
        }
    }

    private void checkTargetDuration(Double seconds) {
        if (seconds != null
                && !(seconds >= StoryboardRules.MIN_SECONDS && seconds <= StoryboardRules.MAX_TOTAL_SECONDS)) {
            refuse("target_duration", "must be 0.5 to 600 seconds, is " + seconds);
        }
    }

    private void checkWebhook(String url) {
        if (url == null) {
            return;
        }
        if (url.length() > StoryboardRules.MAX_URL) {
            refuse("webhook_url", "may have at most " + StoryboardRules.MAX_URL + " characters, has " + url.length());
        } else if (!isWebAddress(url)) {
            refuse("webhook_url", "must be an http or https address");
        }
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    private void refuse(String field, String message) {
        violations.add(new Violation(field, message));
    }
}
