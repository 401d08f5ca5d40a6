package io.storyreel.system;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/**
 * Row by row what clients were promised: status codes, headers and names of fields, on the real pair.
 *
 * <p>Elsewhere: what is in the files, their ranges and the counting of downloads {@link StoryboardLifeIT}; refinements at
 * the same time and a worker killed meanwhile {@link RefineIT}; ten equal exports {@link ExportsIT}; deliveries of
 * webhooks {@link WebhooksIT}; what deleting removes {@link DeletionIT}; canceling while ffmpeg runs {@link LocalRenderIT};
 * resumed streams {@link WatchedJob}. Without ffmpeg (503) and after 5 minutes (504) the API is tested in its own module.
 */
class ContractIT {
    @TempDir
    static Path directory;

    @BeforeAll
    static void start() throws Exception {
        ContractRows.start(directory);
    }

    @AfterAll
    static void stop() {
        ContractRows.stop();
    }

    @Nested
    @DisplayName("Rendering, by workspace: /api/v1/video/workspaces/{workspace_id}")
    class Rendering extends RenderingRows {}

    @Nested
    @DisplayName("Storyboard and delivery: /api/v2/jobs")
    class Delivery extends DeliveryRows {}
}
