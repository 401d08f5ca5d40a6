package io.storyreel.worker.render;

import io.storyreel.common.job.JobChange;
import io.storyreel.common.ledger.ProviderTask;

/** Says in a job's history that something may have been charged although nobody will ever know. */
public final class DoubtWords {
    private DoubtWords() {}

    /**
     * @param who what the attempt was for, beginning the sentence
     * @param sceneIndex null for the whole video
     */
    public static JobChange change(String stage, String who, Integer sceneIndex, ProviderTask attempt) {
        return JobChange.progress(
                        0,
                        stage,
                        who + ": " + attempt.provider() + " was called and gave no answer. It may have charged "
                                + attempt.costEstimated().stripTrailingZeros().toPlainString()
                                + " USD; nobody can ask it")
                .ofScene(sceneIndex, null);
    }
}
