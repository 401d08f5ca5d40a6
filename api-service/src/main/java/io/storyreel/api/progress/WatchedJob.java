package io.storyreel.api.progress;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.storyreel.common.job.JobEvent;
import io.storyreel.common.queue.ChannelSignal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jboss.logging.Logger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;

/**
 * One job and all who watch it. The channel tells what happens as it happens, the database tells what the channel left
 * out; every client gets each number once and in order, whichever of the two brings it first.
 */
final class WatchedJob {
    private static final Logger LOG = Logger.getLogger(WatchedJob.class);

    private final UUID jobId;
    private final IntFunction<Uni<List<JobEvent>>> eventsAfter;
    /** Number of the last event that each client has. */
    private final Map<EventClient, Integer> clients = new HashMap<>();

    private Cancellable subscription = () -> {};
    private boolean reading;
    private boolean readAgain;

    /** @param eventsAfter the history after a number */
    WatchedJob(UUID jobId, IntFunction<Uni<List<JobEvent>>> eventsAfter) {
        this.jobId = jobId;
        this.eventsAfter = eventsAfter;
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

    /** @param lastSeq number of the last event that the client has */
    synchronized void add(EventClient client, int lastSeq) {
        clients.put(client, lastSeq);
    }

    /** True if nobody watches any more. */
    synchronized boolean remove(EventClient client) {
        clients.remove(client);
        return clients.isEmpty();
    }

    void receive(ChannelSignal signal) {
        if (signal instanceof ChannelSignal.Message message) {
            forward(message.json());
        } else {
            catchUp();
        }
    }

    private void forward(String text) {
        JsonObject message = EventText.parse(text);
        if (message == null) {
            LOG.debugf("message is no JSON object, ignored: job=%s", jobId);
            return;
        }
        String name = EventText.nameOf(message);
        int seq = EventText.seqOf(message);
        if (seq == 0) {
            sendUnnumbered(EventText.plain(name, text));
        } else if (!sendIfNext(seq, EventText.numbered(seq, name, text), EventText.isFinal(name))) {
            catchUp();
        }
    }

    private synchronized void sendUnnumbered(Buffer text) {
        clients.keySet().forEach(client -> client.send(text));
    }

    /** False if a client lacks events before this one: then the database has them all by now. */
    private synchronized boolean sendIfNext(int seq, Buffer text, boolean last) {
        boolean complete = true;
        for (Map.Entry<EventClient, Integer> watching : clients.entrySet()) {
            int known = watching.getValue();
            if (known == seq - 1) {
                watching.setValue(seq);
                deliver(watching.getKey(), text, last);
            } else if (known < seq) {
                complete = false;
            }
        }
        return complete;
    }

    private static void deliver(EventClient client, Buffer text, boolean last) {
        client.send(text);
        if (last) {
            client.end();
        }
    }

    /** Reads what somebody lacks. One question at a time, whatever the number of clients. */
    void catchUp() {
        int from;
        synchronized (this) {
            if (clients.isEmpty()) {
                return;
            }
            if (reading) {
                readAgain = true;
                return;
            }
            reading = true;
            from = clients.values().stream().min(Integer::compare).orElse(0);
        }
        eventsAfter.apply(from).subscribe().with(this::caughtUp, this::notCaughtUp);
    }

    private void caughtUp(List<JobEvent> events) {
        for (JobEvent event : events) {
            sendIfNext(event.seq(), EventText.numbered(event), event.isFinal());
        }
        doneReading();
    }

    /** The next sweep tries again. */
    private void notCaughtUp(Throwable failure) {
        LOG.warnf("events not read, trying again: job=%s reason=%s", jobId, failure.getMessage());
        synchronized (this) {
            reading = false;
            readAgain = false;
        }
    }

    private void doneReading() {
        boolean again;
        synchronized (this) {
            reading = false;
            again = readAgain;
            readAgain = false;
        }
        if (again) {
            catchUp();
        }
    }
}
