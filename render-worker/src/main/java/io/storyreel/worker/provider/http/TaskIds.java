package io.storyreel.worker.provider.http;

import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;

import java.util.regex.Pattern;

/** Names that providers give to tasks. They go into paths that a key is sent to, so they must not be able to bend one. */
public final class TaskIds {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private TaskIds() {}

    public static boolean isHarmless(String id) {
        return id != null && HARMLESS.matcher(id).matches();
    }

    /**
     * The name in an answer by which an order was accepted.
     *
     * @throws OutcomeUnknownException if there is none that can be used: the task may exist all the same
     */
    public static String accepted(JsonAnswer answer, String field) {
        try {
            Object id = answer.json().getValue(field);
            if (id instanceof String text && isHarmless(text)) {
                return text;
            }
        } catch (ProviderOutageException notJson) {
            throw new OutcomeUnknownException(notJson.getMessage(), notJson);
        }
        throw new OutcomeUnknownException(
                answer.provider() + " answered " + answer.status() + " without a usable name of the task", null);
    }

    /**
     * The name, fit for a path.
     *
     * @throws ProviderRefusedException if it is not
     */
    public static String inPath(String provider, String id) {
        if (!isHarmless(id)) {
            throw new ProviderRefusedException(
                    Reason.GONE, "The name of the task at " + provider + " is not one that can be asked for");
        }
        return id;
    }
}
