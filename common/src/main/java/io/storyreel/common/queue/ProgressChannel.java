package io.storyreel.common.queue;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.batch.MicroBatch;
import io.storyreel.common.job.JobEvent;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tells of events as they happen. What is lost here is found in {@code job_event}. */
@ApplicationScoped
public class ProgressChannel {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final int LARGEST_WRITE = 256;
    private static final int MOST_PENDING = 20_000;

    private final RedisLink link;
    private final ChannelSubscriptions subscriptions;
    private final MicroBatch<JobEvent, Boolean> publications;

    public ProgressChannel(Redis redis) {
        this.link = new RedisLink(redis);
        this.subscriptions = new ChannelSubscriptions(redis);
        // One lane: the events of a job must not overtake each other.
        this.publications = new MicroBatch<>(
                "publishing progress", 1, LARGEST_WRITE, MOST_PENDING, failure -> false, this::publishAll);
    }

    /** Publishes to those who watch the task and to those who watch its workspace. */
    public Uni<Void> publish(JobEvent event) {
        return publications.submit(event).replaceWithVoid();
    }

    /**
     * What happens on the channel from the first {@link ChannelSignal.Resumed} on; each interruption is told by another
     * one. Shared: many subscribers of a channel cost one subscription. Never ends; a subscriber that does not keep up
     * fails with a back-pressure failure.
     */
    public Multi<ChannelSignal> subscribe(String channel) {
        return subscriptions.to(channel);
    }

    private Uni<List<Boolean>> publishAll(List<JobEvent> events) {
        List<Request> requests = new ArrayList<>(events.size() * 2);
        for (JobEvent event : events) {
            String json = event.toJson();
            requests.add(publication(RedisNames.task(event.jobId()), json));
            requests.add(publication(RedisNames.workspace(event.workspaceId()), json));
        }
        return link.sendAll(requests, DEADLINE)
                .map(answers -> events.stream().map(event -> true).toList());
    }

    private static Request publication(String channel, String json) {
        return Request.cmd(Command.PUBLISH).arg(channel).arg(json);
    }
}
