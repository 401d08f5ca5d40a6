package io.storyreel.worker.render;

import io.storyreel.common.job.JobChange;
import io.storyreel.worker.provider.TaskListener.Wait;

/** Says what a job waits for at a provider. */
public final class WaitWords {
    private WaitWords() {}

    /**
     * @param who what waits, beginning the sentence
     * @param sceneIndex null for the whole video
     */
    static JobChange change(String who, Integer sceneIndex, Wait wait) {
        return change(RenderStage.ANIMATE.wireName(), who, sceneIndex, wait);
    }

    /** The same at another stage. */
    public static JobChange change(String stage, String who, Integer sceneIndex, Wait wait) {
        return JobChange.waiting(
                        stage,
                        who + " waits " + why(wait),
                        new JobChange.Waiting(wait.reason().wireName(), wait.until(), wait.position(), wait.provider()))
                .ofScene(sceneIndex, null);
    }

    private static String why(Wait wait) {
        return switch (wait.reason()) {
            case PROVIDER_QUEUE ->
                wait.position() == null
                        ? "in the queue of " + wait.provider()
                        : "in the queue of " + wait.provider() + ", " + wait.position() + " before it";
            case RATE_LIMIT -> "because " + wait.provider() + " takes no more calls right now";
            case CIRCUIT_OPEN -> "because " + wait.provider() + " has failed too often just now";
            case PROVIDER_OUTAGE -> "because " + wait.provider() + " cannot be reached";
        };
    }
}
