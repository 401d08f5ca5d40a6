package io.storyreel.worker.provider.http;

import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Words for states that no page of the provider's knows. Told once for each task, not at every look at it. */
@ApplicationScoped
public class StrangeStates {
    private static final Logger LOG = Logger.getLogger(StrangeStates.class);
    private static final int MOST_KNOWN = 1_000;

    private final Set<String> told;

    public StrangeStates() {
        this(MOST_KNOWN);
    }

    StrangeStates(int mostKnown) {
        told = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > mostKnown;
            }
        }));
    }

    /**
     * @param state fit for a log, see {@link AnswerFields#word}
     * @return whether it is told now, for the first time
     */
    public boolean tell(String provider, String task, String state) {
        boolean first = told.add(provider + " " + task);
        if (first) {
            LOG.warnf(
                    "unknown state of a task, taken for running: provider=%s task=%s state=%s", provider, task, state);
        }
        return first;
    }
}
