package io.storyreel.system;

import io.storyreel.client.ApiClient;
import io.storyreel.client.ApiException;
import io.storyreel.client.api.AssetsApi;
import io.storyreel.client.api.ExportsApi;
import io.storyreel.client.api.StoryboardsApi;
import io.storyreel.client.model.Asset;
import io.storyreel.client.model.OutputSpec;
import io.storyreel.client.model.Problem;
import io.storyreel.client.model.ProjectRequest;
import io.storyreel.client.model.ProjectStatus;
import io.storyreel.client.model.RenderingStarted;
import io.storyreel.client.model.Resolution;
import io.storyreel.client.model.Scene;
import io.storyreel.client.model.ScriptLine;
import io.storyreel.client.model.StoryboardJob;
import io.storyreel.client.model.StoryboardMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.io.File;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** A whole life by a client that was generated from docs/openapi.yaml and knows nothing else of us. */
class GeneratedClientIT {
    @TempDir
    static Path directory;

    private static RunningPair pair;
    private static AssetsApi assets;
    private static StoryboardsApi storyboards;
    private static ExportsApi exports;

    @BeforeAll
    static void start() throws Exception {
        pair = new RunningPair(directory, 1, Map.of()).start();
        ApiClient client = anonymous();
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + pair.token));
        assets = new AssetsApi(client);
        storyboards = new StoryboardsApi(client);
        exports = new ExportsApi(client);
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @Test
    void lives_a_whole_life() throws Exception {
        UUID job = created(scene(1, Color.RED, 2.0), scene(2, Color.BLUE, 1.0));

        StoryboardJob ordered = storyboards.reorderScenes(StoryboardsApi.APIReorderScenesRequest.newBuilder()
                .jobId(job)
                .sceneOrder(List.of(2, 1))
                .build());
        assertThat(ordered.getStoryboardData()).extracting(Scene::getDuration).containsExactly(1.0, 2.0);
        assertThat(ordered.getApproved()).isFalse();

        RenderingStarted started =
                storyboards.approveStoryboardJob(StoryboardsApi.APIApproveStoryboardJobRequest.newBuilder()
                        .jobId(job)
                        .build());
        assertThat(started.getStatus()).isEqualTo(RenderingStarted.StatusEnum.RENDERING_STARTED);
        await().atMost(RunningPair.LIMIT)
                .until(() -> read(job).getStatus(), status -> status != ProjectStatus.RENDERING);
        assertThat(read(job).getStatus()).isEqualTo(ProjectStatus.COMPLETED);
        assertThat(read(job).getVideoUrl()).hasPath("/api/v2/jobs/" + job + "/video");

        assertThat(head(video(job), 4, 8)).isEqualTo("ftypisom");
        assertThat(head(exported(job), 4, 8)).isEqualTo("ftypqt  ");
        assertThat(Files.readString(captions(job).toPath()))
                .startsWith("WEBVTT")
                .contains("Red comes second.");
        await().atMost(RunningPair.LIMIT)
                .until(() -> metadata(job).getMetrics().getDownloadCount(), count -> count == 2);
        assertThat(metadata(job).getVideo().getParameters().getDuration()).isBetween(2.9, 3.5);
    }

    @Test
    void is_told_what_to_change_when_a_call_is_refused() throws Exception {
        ApiException refused = catchThrowableOfType(
                ApiException.class, () -> created(scene(1, Color.RED, 90.0), scene(1, Color.BLUE, 1.0)));

        Problem problem = anonymous().getObjectMapper().readValue(refused.getResponseBody(), Problem.class);
        assertThat(refused.getCode()).isEqualTo(400);
        assertThat(refused.getResponseHeaders().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(problem.getCode()).isEqualTo("invalid_request");
        assertThat(problem.getStatus()).isEqualTo(400);
        assertThat(problem.getErrors())
                .extracting(violation -> violation.getField() + " " + violation.getMessage())
                .containsExactlyInAnyOrder(
                        "storyboard[scene_index=1].duration must be 0.5 to 60 seconds, is 90",
                        "storyboard[scene_index=1].scene_index is used twice: every scene needs a number of its own");
    }

    private static ApiClient anonymous() {
        ApiClient client = new ApiClient();
        client.updateBaseUri(pair.api.url());
        client.setHttpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1));
        client.setReadTimeout(RunningPair.LIMIT);
        return client;
    }

    private static UUID created(Scene... scenes) throws ApiException {
        ProjectRequest film = new ProjectRequest()
                .title("By a generated client")
                .storyboard(List.of(scenes))
                .script(List.of(new ScriptLine().text("Red comes second.").sceneIndex(1)))
                .output(new OutputSpec().resolution(Resolution._480P).fps(OutputSpec.FpsEnum.NUMBER_24));
        return storyboards
                .createStoryboardJob(StoryboardsApi.APICreateStoryboardJobRequest.newBuilder()
                        .projectRequest(film)
                        .build())
                .getJobId();
    }

    private static Scene scene(int index, Color color, double seconds) throws ApiException {
        Asset picture = assets.uploadAsset(AssetsApi.APIUploadAssetRequest.newBuilder()
                .workspace(pair.workspace)
                ._file(new Films(pair).picture(color, 320, 180).toFile())
                .build());
        return new Scene().sceneIndex(index).imageUrl(picture.getAssetUrl()).duration(seconds);
    }

    private static StoryboardJob read(UUID job) throws ApiException {
        return storyboards.getStoryboardJob(StoryboardsApi.APIGetStoryboardJobRequest.newBuilder()
                .jobId(job)
                .build());
    }

    /** Asked without a token. */
    private static StoryboardMetadata metadata(UUID job) throws ApiException {
        return new StoryboardsApi(anonymous())
                .getStoryboardMetadata(StoryboardsApi.APIGetStoryboardMetadataRequest.newBuilder()
                        .jobId(job)
                        .build());
    }

    private static File video(UUID job) throws ApiException {
        return storyboards.downloadStoryboardVideo(StoryboardsApi.APIDownloadStoryboardVideoRequest.newBuilder()
                .jobId(job)
                .build());
    }

    private static File exported(UUID job) throws ApiException {
        return exports.downloadExport(ExportsApi.APIDownloadExportRequest.newBuilder()
                .jobId(job)
                .format("mov")
                .quality("low")
                .build());
    }

    private static File captions(UUID job) throws ApiException {
        return storyboards.getStoryboardCaptions(StoryboardsApi.APIGetStoryboardCaptionsRequest.newBuilder()
                .jobId(job)
                .format("vtt")
                .build());
    }

    private static String head(File file, int from, int length) throws Exception {
        byte[] bytes = Files.readAllBytes(file.toPath());
        return new String(bytes, from, length, StandardCharsets.US_ASCII);
    }
}
