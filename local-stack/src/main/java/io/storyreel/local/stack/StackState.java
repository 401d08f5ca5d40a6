package io.storyreel.local.stack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.storyreel.local.server.HttpProbe;
import io.storyreel.local.server.PrivateFile;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;

/**
 * A running stack as another command finds it.
 *
 * @param pid of the launcher
 * @param simulatorUrl of the simulated providers; null without
 * @param transientStack whether it goes away when the render it was started for ends
 */
public record StackState(
        @JsonProperty("api_url") URI apiUrl,
        @JsonProperty("token") String token,
        @JsonProperty("workspace_id") UUID workspaceId,
        @JsonProperty("simulator_url") URI simulatorUrl,
        @JsonProperty("pid") long pid,
        @JsonProperty("transient") boolean transientStack) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the last launcher wrote; it may be gone since, see {@link #answers}. */
    public static Optional<StackState> read(StackDirectory directory) throws IOException {
        if (!Files.exists(directory.state())) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(directory.state().toFile(), StackState.class));
        } catch (JsonProcessingException e) {
            return Optional.empty(); // written by another version: as good as none, a new start replaces it
        }
    }

    public void write(StackDirectory directory) throws IOException {
        PrivateFile.write(
                directory.state(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }

    public static void remove(StackDirectory directory) throws IOException {
        Files.deleteIfExists(directory.state());
    }

    /** Whether its API is ready at this moment. */
    public boolean answers() {
        return HttpProbe.status(apiUrl.resolve("/q/health/ready")) == 200;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "StackState[" + apiUrl + ", pid " + pid + "]";
    }
}
