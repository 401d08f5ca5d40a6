package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class AssetApiTest {
    private static final byte[] PNG = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };

    private final Workspace workspace = new Workspace();

    @Test
    void keeps_a_picture_and_gives_it_back_whole_and_in_parts() {
        String url = upload(PNG, 201).path("asset_url");
        assertThat(upload(PNG, 201).<String>path("asset_url")).isEqualTo(url);
        String path = workspace.path("/assets/" + url.substring("asset://sha256/".length(), url.lastIndexOf('.')));
        var whole = workspace
                .request()
                .get(path)
                .then()
                .statusCode(200)
                .contentType("image/png")
                .extract();
        assertThat(whole.asByteArray()).isEqualTo(PNG);
        byte[] part = workspace
                .request()
                .header("Range", "bytes=1-3")
                .get(path)
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 1-3/16")
                .extract()
                .asByteArray();
        assertThat(part).isEqualTo(Arrays.copyOfRange(PNG, 1, 4));
        workspace
                .request()
                .header("If-None-Match", whole.header("ETag"))
                .get(path)
                .then()
                .statusCode(304);
        workspace.request().header("Range", "bytes=99-").get(path).then().statusCode(416);
        new Workspace().request().get(path).then().statusCode(404);
        workspace
                .request()
                .urlEncodingEnabled(false)
                .get(workspace.path("/assets/%00"))
                .then()
                .statusCode(404);
    }

    @Test
    void refuses_files_that_cannot_be_used() {
        upload("just a text, whatever it calls itself".getBytes(StandardCharsets.UTF_8), 422);
        upload(new byte[0], 422);
        workspace
                .request()
                .multiPart("other", "x")
                .post(workspace.path("/assets"))
                .then()
                .statusCode(400);
        upload(Arrays.copyOf(PNG, 17 << 20), 413);
    }

    @Test
    void a_storyboard_may_only_name_files_of_its_workspace_and_of_the_right_kind() {
        String url = upload(PNG, 201).path("asset_url");
        String scene = "{\"scene_index\": 1, \"image_url\": \"" + url + "\", \"duration\": 2}";
        workspace
                .json(Workspace.storyboard(scene))
                .post(workspace.path("/projects"))
                .then()
                .statusCode(201);
        Workspace other = new Workspace();
        other.json(Workspace.storyboard(scene))
                .post(other.path("/projects"))
                .then()
                .statusCode(422)
                .body("errors.field", hasItems("storyboard[scene_index=1].image_url"));
        workspace
                .json("{\"title\": \"x\", \"background_music\": {\"url\": \"" + url + "\"}, \"storyboard\": [" + scene
                        + "]}")
                .post(workspace.path("/projects"))
                .then()
                .statusCode(422)
                .body("errors.field", equalTo(java.util.List.of("background_music.url")))
                .body("detail", containsString("audio"));
    }

    private io.restassured.response.ExtractableResponse<?> upload(byte[] bytes, int status) {
        return workspace
                .request()
                .multiPart("file", "a.png", bytes)
                .post(workspace.path("/assets"))
                .then()
                .statusCode(status)
                .extract();
    }
}
