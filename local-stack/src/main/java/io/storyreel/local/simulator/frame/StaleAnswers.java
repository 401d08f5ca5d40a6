package io.storyreel.local.simulator.frame;

import io.storyreel.local.simulator.wire.Answer;

import java.util.LinkedHashMap;
import java.util.Map;

/** The first answer each task has given to a poll, to be repeated as a cache in between would: old news, again. */
public final class StaleAnswers {

    private static final int MOST = 2_000;

    private final Map<String, Answer> first = new LinkedHashMap<>();

    /** @return the old answer when it is wanted and there is one, else the new one */
    public synchronized Answer either(boolean old, String task, Answer fresh) {
        var earlier = first.putIfAbsent(task, fresh);
        if (first.size() > MOST) {
            first.remove(first.keySet().iterator().next());
        }
        return old && earlier != null ? earlier : fresh;
    }
}
