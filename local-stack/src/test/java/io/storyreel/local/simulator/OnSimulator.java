package io.storyreel.local.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.storyreel.local.simulator.task.Pace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/** What tests of a simulator share: one for each class, in which every test begins with no calls, faults or waiting. */
public abstract class OnSimulator {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    protected static Simulator simulator;

    @BeforeAll
    static void startSimulator() throws IOException {
        simulator = Simulator.start(Pace.instant());
    }

    @AfterAll
    static void stopSimulator() {
        simulator.close();
    }

    @BeforeEach
    void beginAfresh() {
        simulator.reset();
        Vendors.NAMES.forEach(vendor -> simulator.pace(vendor, Pace.instant()));
    }

    /** Looks again and again until the task has the status. */
    protected static JsonNode await(Callable<JsonNode> look, String status) {
        return Awaitility.await()
                .atMost(LIMIT)
                .until(look, task -> task.path("status").asText().equals(status));
    }
}
