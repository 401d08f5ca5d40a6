package io.storyreel.worker.run;

import java.math.BigDecimal;

/**
 * What a job made.
 *
 * @param message the last word to the user
 * @param resultJson what was made, for the job's row
 * @param costActual in USD, exact
 */
public record JobResult(String message, String resultJson, BigDecimal costActual) {}
