package io.storyreel.local.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.storyreel.local.client.ApiException;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks the server to cancel a job when the command ends before the job does, and gives it a moment to do so. */
final class Cancellation {

    private static final Set<String> FINAL = Set.of("completed", "failed", "canceled");
    private static final int LOOKS = 40;
    private static final int MILLISECONDS_BETWEEN = 250;

    private final RenderTarget target;
    private final String job;
    private final Terminal terminal;
    private volatile boolean pointless;

    Cancellation(RenderTarget target, String job, Terminal terminal) {
        this.target = target;
        this.job = job;
        this.terminal = terminal;
    }

    /** The job has ended. */
    void isPointless() {
        pointless = true;
    }

    void run() throws IOException {
        if (pointless) {
            return;
        }
        terminal.say("Cancelling the render …");
        try {
            target.api().post(target.path("/render/jobs/" + job + "/cancel"), JsonNodeFactory.instance.objectNode());
            awaitFinal();
        } catch (ApiException e) {
            throw new IOException("the server would not cancel job " + job + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException("job " + job + " could not be cancelled: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitFinal() throws IOException, InterruptedException, ApiException {
        for (var look = 0; look < LOOKS; look++) {
            var state = target.api().get(target.path("/render/jobs/" + job));
            if (FINAL.contains(state.path("status").asText())) {
                return;
            }
            // Nobody counts it down: a pause that an interrupt ends.
            new CountDownLatch(1).await(MILLISECONDS_BETWEEN, TimeUnit.MILLISECONDS);
        }
    }
}
