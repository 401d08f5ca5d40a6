package io.storyreel.common.job;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which of the jobs that wait for a worker is begun first. What has begun is not interrupted. */
public enum JobPriority {
    @JsonProperty("low")
    LOW(1),
    @JsonProperty("normal")
    NORMAL(2),
    @JsonProperty("high")
    HIGH(3);

    /** In the order in which they are begun. */
    public static final List<JobPriority> FIRST_TO_LAST = Stream.of(values())
            .sorted(Comparator.comparing(JobPriority::number).reversed())
            .toList();

    private final int number;

    JobPriority(int number) {
        this.number = number;
    }

    /** In rows; the greater the earlier. */
    public int number() {
        return number;
    }

    /** The name in streams and JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static JobPriority of(int number) {
        return FIRST_TO_LAST.stream()
                .filter(priority -> priority.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no priority has the number " + number));
    }
}
