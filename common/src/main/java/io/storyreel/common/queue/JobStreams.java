package io.storyreel.common.queue;

import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobPriority;
import io.storyreel.common.job.Workload;
import io.storyreel.common.queue.JobConsumer.Doorbell;
import io.vertx.mutiny.redis.client.Response;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The streams of a workload, and what Redis answers of them. */
final class JobStreams {
    private final Map<JobPriority, String> names = new EnumMap<>(JobPriority.class);

    JobStreams(Workload workload) {
        JobPriority.FIRST_TO_LAST.forEach(priority -> names.put(priority, RedisNames.jobs(workload, priority)));
    }

    String of(JobPriority priority) {
        return names.get(priority);
    }

    /** The most urgent first. */
    List<String> all() {
        return JobPriority.FIRST_TO_LAST.stream().map(names::get).toList();
    }

    /** Nil after an empty wait; otherwise a map from stream to entries, or, in the older protocol, a list of pairs. */
    List<Doorbell> doorbells(Response answer) {
        if (answer == null || answer.size() == 0) {
            return List.of();
        }
        List<Doorbell> all = new ArrayList<>();
        if (answer.isMap()) {
            JobPriority.FIRST_TO_LAST.forEach(priority -> {
                Response entries = answer.get(names.get(priority));
                if (entries != null) {
                    all.addAll(doorbells(priority, entries));
                }
            });
        } else {
            answer.forEach(pair -> all.addAll(doorbells(priorityOf(pair.get(0).toString()), pair.get(1))));
        }
        return all;
    }

    private JobPriority priorityOf(String stream) {
        return JobPriority.FIRST_TO_LAST.stream()
                .filter(priority -> names.get(priority).equals(stream))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("an entry of a stream that was not asked for: " + stream));
    }

    static List<Doorbell> doorbells(JobPriority priority, Response entries) {
        List<Doorbell> doorbells = new ArrayList<>();
        for (Response entry : entries) {
            // Taking over yields nil for entries that were deleted meanwhile.
            if (entry != null && entry.get(1) != null) {
                doorbells.add(new Doorbell(
                        entry.get(0).toString(),
                        UUID.fromString(field(entry.get(1), "job_id")),
                        JobKind.of(field(entry.get(1), "kind")),
                        priority));
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
