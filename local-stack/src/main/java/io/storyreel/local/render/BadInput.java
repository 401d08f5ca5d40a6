package io.storyreel.local.render;

import java.util.List;

/** What the user gave cannot be rendered; nothing was sent anywhere. */
public final class BadInput extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public BadInput(String message) {
        this(message, List.of());
    }

    /** @param problems one line each, when there is more than one thing to correct */
    public BadInput(String message, List<String> problems) {
        super(message);
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
