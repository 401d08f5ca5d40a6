package io.storyreel.api.render;

import io.storyreel.common.job.JobEvent;

import java.time.Instant;

/** One line of a job's history as clients see it. */
public record EventAnswer(
        int seq,
        String event,
        String status,
        int progress,
        String stage,
        Integer scene,
        int scenesCompleted,
        int scenesTotal,
        String message,
        String waitingReason,
        Instant waitingUntil,
        Integer waitingPosition,
        String waitingProvider,
        String errorCode,
        Instant timestamp) {

    static EventAnswer of(JobEvent event) {
        return new EventAnswer(
                event.seq(),
                event.type().wireName(),
                event.status().wireName(),
                event.progress(),
                event.stage(),
                event.scene(),
                event.scenesCompleted(),
                event.scenesTotal(),
                event.message(),
                event.waitingReason(),
                event.waitingUntil(),
                event.waitingPosition(),
                event.waitingProvider(),
                event.errorCode(),
                event.at());
    }
}
