package io.storyreel.api.progress;

import io.smallrye.mutiny.subscription.Cancellable;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.job.JobEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A workspace and all who watch it. Of each job only what is newer than what was told is told. */
final class WatchedWorkspace {
    /** Nothing comes after a final event. */
    private static final int ENDED = Integer.MAX_VALUE;

    /**
     * What was told last of a job.
     *
     * @param place in our queue, which changes without an event of the job; null if it is not there, or nobody knows
     */
    private record Told(int seq, Integer place) {}

    private static final Told NOTHING = new Told(0, null);

    /** Of the latest jobs. */
    private final Map<UUID, Told> told;

    /** Clients that wait for their first look hold what happens meanwhile; the others have null. */
    private final Map<EventClient, List<Buffer>> clients = new HashMap<>();

    private final int mostJobs;
    private Cancellable subscription = () -> {};

    WatchedWorkspace(int mostJobs) {
        this.mostJobs = mostJobs;
        this.told = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Told> eldest) {
                return size() > 2 * mostJobs;
            }
        };
    }

    synchronized void subscribed(Cancellable toChannel) {
        subscription = toChannel;
    }

    void unsubscribe() {
        Cancellable toChannel;
        synchronized (this) {
            toChannel = subscription;
        }
        toChannel.cancel();
    }

    synchronized void add(EventClient client) {
        clients.put(client, new ArrayList<>());
    }

    /** True if nobody watches any more. */
    synchronized boolean remove(EventClient client) {
        clients.remove(client);
        return clients.isEmpty();
    }

    /** First what stands, then what came while it was read. */
    synchronized void welcome(EventClient client, List<JobEvent> active) {
        List<Buffer> meanwhile = clients.get(client);
        if (meanwhile == null) {
            return;
        }
        active.forEach(event -> {
            told.merge(
                    event.jobId(),
                    new Told(event.seq(), place(event)),
                    (known, read) -> known.seq() > read.seq() ? known : read);
            client.send(EventText.plain(event.type().wireName(), event.toJson()));
        });
        meanwhile.forEach(client::send);
        clients.put(client, null);
    }

    /** Those that have not ended, as far as is known. */
    synchronized List<UUID> jobs() {
        return told.entrySet().stream()
                .filter(one -> one.getValue().seq() != ENDED)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What the channel brought. */
    void forward(String text) {
        JsonObject message = EventText.parse(text);
        if (message == null) {
            return;
        }
        String name = EventText.nameOf(message);
        // Workers do not know of places in our queue.
        tell(taskOf(message), EventText.seqOf(message), null, name, text);
    }

    /** What the database says. */
    void tell(JobEvent event) {
        tell(event.jobId(), event.seq(), place(event), event.type().wireName(), event.toJson());
    }

    private static Integer place(JobEvent event) {
        return JobChange.QUEUE.equals(event.waitingReason()) ? event.waitingPosition() : null;
    }

    private synchronized void tell(UUID job, int seq, Integer place, String name, String text) {
        if (job != null && seq > 0) {
            Told known = told.getOrDefault(job, NOTHING);
            boolean moved = seq == known.seq() && place != null && !place.equals(known.place());
            if (seq <= known.seq() && !moved) {
                return;
            }
            told.put(job, new Told(EventText.isFinal(name) ? ENDED : seq, place));
        }
        Buffer event = EventText.plain(name, text);
        clients.forEach((client, meanwhile) -> {
            if (meanwhile == null) {
                client.send(event);
            } else if (meanwhile.size() < mostJobs) {
                meanwhile.add(event);
            } else {
                client.end();
            }
        });
    }

    private static UUID taskOf(JsonObject message) {
        try {
            return message.getValue("task_id") instanceof String id ? UUID.fromString(id) : null;
        } catch (IllegalArgumentException foreign) {
            return null;
        }
    }
}
