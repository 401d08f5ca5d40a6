package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Random;

import static io.storyreel.api.Workspace.scene;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class DownloadApiTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int SIZE = 700_000;

    @Inject
    ReportingWorker worker;

    @Inject
    FinishedRender renders;

    private final Workspace workspace = new Workspace();
    private final byte[] video = new byte[SIZE];
    private String job;
    private String render;

    @BeforeEach
    void aFinishedVideo() {
        new Random(1).nextBytes(video);
        worker.report();
        job = workspace
                .json("{\"title\": \"H\u00e4fen / \\\"Nord\\\"\", \"storyboard\": [" + scene(1) + "]}")
                .post("/api/v2/jobs")
                .then()
                .statusCode(201)
                .extract()
                .path("job_id");
        render = workspace
                .json("{}")
                .post("/api/v2/jobs/" + job + "/approve")
                .then()
                .statusCode(200)
                .extract()
                .path("render_job_id");
        renders.complete(render, video);
    }

    @Test
    void hands_out_the_video_under_the_title_of_the_job() {
        for (String address : new String[] {"/api/v2/jobs/" + job + "/video", "/api/videos/" + job + "/data"}) {
            byte[] body = workspace
                    .request()
                    .get(address)
                    .then()
                    .statusCode(200)
                    .header("Content-Type", "video/mp4")
                    .header("Accept-Ranges", "bytes")
                    .header(
                            "Content-Disposition",
                            "attachment; filename=\"Hafen _ _Nord_.mp4\";"
                                    + " filename*=UTF-8''H%C3%A4fen%20_%20_Nord_.mp4")
                    .extract()
                    .asByteArray();
            assertThat(body).isEqualTo(video);
        }
    }

    @Test
    void hands_out_poster_and_captions() {
        workspace
                .request()
                .get("/api/v2/jobs/" + job + "/poster")
                .then()
                .statusCode(200)
                .header("Content-Type", "image/jpeg")
                .header("Content-Disposition", startsWith("inline; "));
        captions("").header("Content-Type", containsString("subrip")).body(equalTo("srt"));
        captions("?format=vtt")
                .header("Content-Type", containsString("text/vtt"))
                .body(equalTo("WEBVTT"));
        for (String bad :
                new String[] {"?format=ass", "?format=", "?format=SRT", "?format=srt&format=vtt", "?format=%00"}) {
            workspace
                    .request()
                    .urlEncodingEnabled(false)
                    .get("/api/v2/jobs/" + job + "/captions" + bad)
                    .then()
                    .statusCode(400)
                    .body("errors[0].field", equalTo("format"));
        }
        assertThat(downloads()).isZero();
    }

    private ValidatableResponse captions(String query) {
        return workspace
                .request()
                .get("/api/v2/jobs/" + job + "/captions" + query)
                .then()
                .statusCode(200);
    }

    @Test
    void there_is_no_video_before_it_is_rendered() {
        String other = workspace.project();
        for (String file : new String[] {"video", "poster", "captions"}) {
            workspace
                    .request()
                    .get("/api/v2/jobs/" + other + "/" + file)
                    .then()
                    .statusCode(404)
                    .body("detail", containsString("yet"));
        }
    }

    @Test
    void every_download_counts_once_wherever_it_is_made() {
        whole("/api/v2/jobs/" + job + "/video");
        awaitDownloads(1);
        whole("/api/videos/" + job + "/data");
        awaitDownloads(2);
        whole(workspace.path("/render/jobs/" + render + "/video"));
        awaitDownloads(3);
    }

    @Test
    void a_download_in_parts_counts_once_when_its_last_part_has_left() {
        part("bytes=400000-699999");
        part("bytes=100000-399999");
        assertStill(0);
        part("bytes=0-99999");
        awaitDownloads(1);
        part("bytes=0-349999");
        part("bytes=-350000");
        awaitDownloads(2);
    }

    @Test
    void what_is_asked_for_twice_makes_no_second_download() {
        part("bytes=0-1");
        part("bytes=0-349999");
        part("bytes=0-349999");
        part("bytes=300000-");
        awaitDownloads(1);
        part("bytes=300000-400000");
        assertStill(1);
    }

    @Test
    void a_download_that_breaks_off_and_goes_on_counts_once() throws IOException, InterruptedException {
        byte[] large = new byte[24 << 20];
        renders.complete(render, large);
        int got = 1 << 20;

        try (InputStream body = Wire.open(workspace, "/api/v2/jobs/" + job + "/video")) {
            assertThat(body.readNBytes(got)).hasSize(got);
        }
        part("bytes=" + got + "-");

        awaitDownloads(1);
        assertStill(1);
    }

    @Test
    void parts_that_several_people_got_make_no_download() {
        part("bytes=0-349999");
        RestAssured.given()
                .auth()
                .oauth2(workspace.tokenOf("somebody else"))
                .header("Range", "bytes=350000-")
                .get("/api/v2/jobs/" + job + "/video")
                .then()
                .statusCode(206);
        assertStill(0);
    }

    @Test
    void only_asking_is_no_download() {
        String address = "/api/v2/jobs/" + job + "/video";
        String tag = workspace
                .request()
                .head(address)
                .then()
                .statusCode(200)
                .header("Content-Length", String.valueOf(SIZE))
                .extract()
                .header("ETag");
        request().header("If-None-Match", tag).get(address).then().statusCode(304);
        request().header("Range", "bytes=0-").head(address).then().statusCode(206);
        request()
                .header("Range", "bytes=" + SIZE + "-")
                .get(address)
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */" + SIZE);
        assertStill(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=1000000000-", "bytes=5-2", "bytes=-0", "bytes=999999999999999999-"})
    void a_range_that_is_not_there_is_refused(String range) {
        request()
                .header("Range", range)
                .get("/api/v2/jobs/" + job + "/video")
                .then()
                .statusCode(416)
                .body("code", equalTo("range_not_satisfiable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes=-", "\ud83c\udfac", "bytes=1e3-"})
    void a_range_that_is_none_is_passed_over(String range) {
        request()
                .header("Range", range)
                .get("/api/v2/jobs/" + job + "/video")
                .then()
                .statusCode(200);
    }

    private RequestSpecification request() {
        return workspace.request();
    }

    private void whole(String address) {
        request().get(address).then().statusCode(200);
    }

    private void part(String range) {
        request()
                .header("Range", range)
                .get("/api/v2/jobs/" + job + "/video")
                .then()
                .statusCode(206);
    }

    private int downloads() {
        return RestAssured.get("/api/v2/jobs/" + job + "/metadata").path("metrics.download_count");
    }

    private void awaitDownloads(int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(downloads()).isEqualTo(count));
    }

    /** A whole download is counted after everything that left before it. */
    private void assertStill(int count) {
        RestAssured.given()
                .auth()
                .oauth2(workspace.tokenOf("a witness"))
                .get("/api/v2/jobs/" + job + "/video")
                .then()
                .statusCode(200);
        awaitDownloads(count + 1);
        renders.uncount(job);
    }
}
