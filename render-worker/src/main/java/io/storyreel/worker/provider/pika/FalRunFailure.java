package io.storyreel.worker.provider.pika;

import io.storyreel.worker.provider.ProviderOutageException;

/**
 * The result's address answers with a fault: that of the run, for ever, or one of fal's own that passes. The two look
 * alike, and a clip that was paid for must not be given up for the second: so it is asked for again.
 */
final class FalRunFailure extends ProviderOutageException {
    private static final long serialVersionUID = 1L;

    private final transient FalFault fault;

    FalRunFailure(FalFault fault) {
        super(PikaGateway.VENDOR + " answered " + fault.status(), fault.pause());
        this.fault = fault;
    }

    FalFault fault() {
        return fault;
    }
}
