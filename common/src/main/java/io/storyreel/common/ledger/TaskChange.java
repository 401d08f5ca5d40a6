package io.storyreel.common.ledger;

import java.math.BigDecimal;

/** What became of an attempt. A null leaves what stands. */
record TaskChange(
        ProviderTask task,
        TaskState state,
        String providerTaskId,
        BigDecimal costActual,
        String resultJson,
        String error) {}
