package io.storyreel.common.queue;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobPriority;
import io.storyreel.common.job.Workload;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * One worker's end of the streams of a workload, one for each priority. The blocking read has a connection of its own, so
 * nothing else ever waits behind it; a read that is under way is left to run out, because an abandoned one would swallow
 * the next entry.
 */
public final class JobConsumer {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final RedisLink reading;
    private final RedisLink acknowledging;
    private final JobStreams streams;
    private final String name;

    /** @param entry id in the stream of its priority, for the acknowledgement */
    public record Doorbell(String entry, UUID jobId, JobKind kind, JobPriority priority) {}

    public JobConsumer(Redis redis, Workload workload, String name) {
        this.reading = new RedisLink(redis);
        this.acknowledging = new RedisLink(redis);
        this.name = name;
        this.streams = new JobStreams(workload);
    }

    /** Makes the groups, also after Redis lost them; does nothing if they exist. They begin at the first entry there is. */
    public Uni<Void> makeGroup() {
        return onEachStream(stream -> acknowledging
                .send(
                        Request.cmd(Command.XGROUP)
                                .arg("CREATE")
                                .arg(stream)
                                .arg(RedisNames.GROUP)
                                .arg("0")
                                .arg("MKSTREAM"),
                        DEADLINE)
                .onFailure(JobConsumer::groupExists)
                .recoverWithNull()
                .replaceWithVoid());
    }

    /**
     * What waits, of the highest priority first; if nothing does, the next entry that comes within {@code block}; an empty
     * list if none came. A wait may end with one entry of each priority, if they came at the same moment: with up to two
     * more than asked for.
     *
     * @param most at least 1
     * @param lowestFirst so many of them are taken from the lowest priority that has any
     */
    public Uni<List<Doorbell>> read(int most, int lowestFirst, Duration block) {
        return reading.send(TakingScript.request(streams.all(), name, most, lowestFirst), DEADLINE)
                .map(streams::doorbells)
                .chain(waiting ->
                        waiting.isEmpty() ? next(block) : Uni.createFrom().item(waiting));
    }

    /** Redis counts for each stream, not for all of them: more than one would be too many where several have some. */
    private Uni<List<Doorbell>> next(Duration block) {
        Request read = Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(RedisNames.GROUP)
                .arg(name)
                .arg("COUNT")
                .arg(1)
                .arg("BLOCK")
                .arg(block.toMillis())
                .arg("STREAMS");
        streams.all().forEach(read::arg);
        streams.all().forEach(stream -> read.arg(">"));
        return reading.send(read, block.plus(DEADLINE)).map(streams::doorbells);
    }

    /** Entries that another consumer read but never acknowledged, because it died. */
    public Uni<List<Doorbell>> takeOver(Duration idle, int most) {
        Uni<List<Doorbell>> taken = Uni.createFrom().item(List.of());
        for (JobPriority priority : JobPriority.FIRST_TO_LAST) {
            taken = taken.chain(before -> before.size() >= most
                    ? Uni.createFrom().item(before)
                    : takeOver(priority, idle, most - before.size()).map(more -> joined(before, more)));
        }
        return taken;
    }

    private Uni<List<Doorbell>> takeOver(JobPriority priority, Duration idle, int most) {
        Request claim = Request.cmd(Command.XAUTOCLAIM)
                .arg(streams.of(priority))
                .arg(RedisNames.GROUP)
                .arg(name)
                .arg(idle.toMillis())
                .arg("0-0")
                .arg("COUNT")
                .arg(most);
        return acknowledging.send(claim, DEADLINE).map(answer -> JobStreams.doorbells(priority, answer.get(1)));
    }

    private static List<Doorbell> joined(List<Doorbell> before, List<Doorbell> more) {
        List<Doorbell> all = new ArrayList<>(before);
        all.addAll(more);
        return all;
    }

    /** The rows say what became of the jobs: the entries are not needed any more. */
    public Uni<Void> acknowledge(List<Doorbell> doorbells) {
        if (doorbells.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<JobPriority, Request> acks = new EnumMap<>(JobPriority.class);
        Map<JobPriority, Request> deletions = new EnumMap<>(JobPriority.class);
        doorbells.forEach(bell -> {
            String stream = streams.of(bell.priority());
            acks.computeIfAbsent(
                            bell.priority(),
                            any -> Request.cmd(Command.XACK).arg(stream).arg(RedisNames.GROUP))
                    .arg(bell.entry());
            deletions
                    .computeIfAbsent(
                            bell.priority(), any -> Request.cmd(Command.XDEL).arg(stream))
                    .arg(bell.entry());
        });
        List<Request> all = new ArrayList<>(acks.values());
        all.addAll(deletions.values());
        return acknowledging.sendAll(all, DEADLINE).replaceWithVoid();
    }

    /**
     * Takes this consumer's name out of the groups, unless it has entries to its name: with the name they would go
     * where nobody could take them over.
     */
    public Uni<Void> leave() {
        return onEachStream(stream -> acknowledging
                .send(
                        Request.cmd(Command.XPENDING)
                                .arg(stream)
                                .arg(RedisNames.GROUP)
                                .arg("-")
                                .arg("+")
                                .arg("1")
                                .arg(name),
                        DEADLINE)
                .chain(entries -> entries.size() > 0 ? Uni.createFrom().voidItem() : deleteConsumer(stream)));
    }

    private Uni<Void> deleteConsumer(String stream) {
        Request delete = Request.cmd(Command.XGROUP)
                .arg("DELCONSUMER")
                .arg(stream)
                .arg(RedisNames.GROUP)
                .arg(name);
        return acknowledging.send(delete, DEADLINE).replaceWithVoid();
    }

    private Uni<Void> onEachStream(Function<String, Uni<Void>> step) {
        return Uni.join()
                .all(streams.all().stream().map(step).toList())
                .andFailFast()
                .replaceWithVoid();
    }

    private static boolean groupExists(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith("BUSYGROUP");
    }
}
