package io.storyreel.worker.provider.http;

import io.storyreel.worker.provider.OutcomeUnknownException;

/** The same for calls that do no more if they are made twice: they are repeated as well if no answer came. */
public class PassesSoonOrLost extends PassesSoon {

    @Override
    public boolean test(Throwable failure) {
        return super.test(failure) || failure instanceof OutcomeUnknownException;
    }
}
