package io.storyreel.local.simulator.azure;

import io.storyreel.local.simulator.frame.Refusal;
import io.storyreel.local.simulator.wire.Answer;

/** A request that Azure does not fulfil; it hardly ever says why. */
final class AzureRefusal extends Refusal {

    private static final long serialVersionUID = 1L;

    private final int status;

    AzureRefusal(int status, String message) {
        super(message);
        this.status = status;
    }

    @Override
    public Answer answer() {
        return Answer.bytes(status, "text/plain", getMessage().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
