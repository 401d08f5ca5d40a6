package io.storyreel.common.queue;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.Workload;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One worker's end of a stream. The blocking read has a connection of its own, so nothing else ever waits behind it; a
 * read that is under way is left to run out, because an abandoned one would swallow the next entry.
 */
public final class JobConsumer {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final RedisLink reading;
    private final RedisLink acknowledging;
    private final String stream;
    private final String name;

    /** @param entry id in the stream, for the acknowledgement */
    public record Doorbell(String entry, UUID jobId, JobKind kind) {}

    public JobConsumer(Redis redis, Workload workload, String name) {
        this.reading = new RedisLink(redis);
        this.acknowledging = new RedisLink(redis);
        this.stream = RedisNames.jobs(workload);
        this.name = name;
    }

    /** Makes the group, also after Redis lost it; does nothing if it exists. It begins at the first entry there is. */
    public Uni<Void> makeGroup() {
        Request create = Request.cmd(Command.XGROUP)
                .arg("CREATE")
                .arg(stream)
                .arg(RedisNames.GROUP)
                .arg("0")
                .arg("MKSTREAM");
        return acknowledging
                .send(create, DEADLINE)
                .onFailure(JobConsumer::groupExists)
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Waits up to {@code block} for entries; an empty list if none came. */
    public Uni<List<Doorbell>> read(int most, Duration block) {
        Request read = Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(RedisNames.GROUP)
                .arg(name)
                .arg("COUNT")
                .arg(most)
                .arg("BLOCK")
                .arg(block.toMillis())
                .arg("STREAMS")
                .arg(stream)
                .arg(">");
        return reading.send(read, block.plus(DEADLINE)).map(this::entriesOfOnlyStream);
    }

    /** Entries that another consumer read but never acknowledged, because it died. */
    public Uni<List<Doorbell>> takeOver(Duration idle, int most) {
        Request claim = Request.cmd(Command.XAUTOCLAIM)
                .arg(stream)
                .arg(RedisNames.GROUP)
                .arg(name)
                .arg(idle.toMillis())
                .arg("0-0")
                .arg("COUNT")
                .arg(most);
        return acknowledging.send(claim, DEADLINE).map(answer -> doorbells(answer.get(1)));
    }

    /** The rows say what became of the jobs: the entries are not needed any more. */
    public Uni<Void> acknowledge(List<Doorbell> doorbells) {
        if (doorbells.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Request ack = Request.cmd(Command.XACK).arg(stream).arg(RedisNames.GROUP);
        Request delete = Request.cmd(Command.XDEL).arg(stream);
        doorbells.forEach(bell -> {
            ack.arg(bell.entry());
            delete.arg(bell.entry());
        });
        return acknowledging.sendAll(List.of(ack, delete), DEADLINE).replaceWithVoid();
    }

    /**
     * Takes this consumer's name out of the group, unless it has entries to its name: with the name they would go
     * where nobody could take them over.
     */
    public Uni<Void> leave() {
        Request pending = Request.cmd(Command.XPENDING)
                .arg(stream)
                .arg(RedisNames.GROUP)
                .arg("-")
                .arg("+")
                .arg("1")
                .arg(name);
        return acknowledging
                .send(pending, DEADLINE)
                .chain(entries -> entries.size() > 0 ? Uni.createFrom().voidItem() : deleteConsumer());
    }

    private Uni<Void> deleteConsumer() {
        Request delete = Request.cmd(Command.XGROUP)
                .arg("DELCONSUMER")
                .arg(stream)
                .arg(RedisNames.GROUP)
                .arg(name);
        return acknowledging.send(delete, DEADLINE).replaceWithVoid();
    }

    private static boolean groupExists(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("BUSYGROUP");
    }

    /** Nil after an empty wait; otherwise a map from stream to entries, or, in the older protocol, a list of pairs. */
    private List<Doorbell> entriesOfOnlyStream(Response answer) {
        if (answer == null || answer.size() == 0) {
            return List.of();
        }
        return doorbells(answer.isMap() ? answer.get(stream) : answer.get(0).get(1));
    }

    private static List<Doorbell> doorbells(Response entries) {
        List<Doorbell> doorbells = new ArrayList<>();
        for (Response entry : entries) {
            // Taking over yields nil for entries that were deleted meanwhile.
            if (entry != null && entry.get(1) != null) {
                doorbells.add(new Doorbell(
                        entry.get(0).toString(),
                        UUID.fromString(field(entry.get(1), "job_id")),
                        JobKind.of(field(entry.get(1), "kind"))));
            }
        }
        return doorbells;
    }

    private static String field(Response fields, String name) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (name.equals(fields.get(i).toString())) {
                return fields.get(i + 1).toString();
            }
        }
        throw new IllegalStateException("stream entry without " + name);
    }
}
