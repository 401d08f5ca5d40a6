package io.storyreel.worker.provider;

import io.storyreel.common.ledger.ProviderTask;

/** While a call stood in our queue, its attempt was sent by somebody else, or ended. Nothing has left. */
public final class NotOursToSendException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOursToSendException(ProviderTask attempt) {
        super("attempt " + attempt.key() + " was sent or ended meanwhile", null, false, false);
    }
}
