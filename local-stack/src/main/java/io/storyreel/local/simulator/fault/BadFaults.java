package io.storyreel.local.simulator.fault;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Faults that cannot be set; the message tells the user why. */
public final class BadFaults extends Exception {

    private static final long serialVersionUID = 1L;

    public BadFaults(String message) {
        super(message);
    }

    static BadFaults unknown(String name) {
        return new BadFaults("there is no fault '" + name + "'; there are the statuses 400 to 599, and "
                + Arrays.stream(FaultKind.values())
                        .filter(kind -> kind != FaultKind.NONE && kind != FaultKind.STATUS)
                        .map(FaultKind::word)
                        .collect(Collectors.joining(", ")));
    }
}
