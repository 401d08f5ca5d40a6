package io.storyreel.worker.provider;

import io.storyreel.worker.provider.TaskProgress.Failed;
import io.storyreel.worker.provider.TaskProgress.Verdict;

/** A task has come to an end without a result; it is in the ledger as that. */
final class FailedAtProvider extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final Verdict verdict;

    FailedAtProvider(Failed<?> failed) {
        super(failed.message(), null, false, false);
        this.code = failed.code();
        this.verdict = failed.verdict();
    }

    String code() {
        return code;
    }

    Verdict verdict() {
        return verdict;
    }
}
