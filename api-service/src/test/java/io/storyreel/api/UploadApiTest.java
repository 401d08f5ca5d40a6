package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.storyreel.common.storage.ListedObject;
import io.storyreel.common.storage.ObjectStore;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

/** Files that clients put into the object store by themselves. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class UploadApiTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    ObjectStore store;

    private final HttpClient outsider = HttpClient.newHttpClient();
    private final Workspace workspace = new Workspace();

    @Test
    void takes_music_that_is_too_large_for_a_form_and_keeps_it_as_any_other() throws Exception {
        byte[] song = song(33 << 20);
        workspace
                .request()
                .multiPart("file", "song.mp3", song)
                .post(workspace.path("/assets"))
                .then()
                .statusCode(413)
                .body("detail", containsString("/uploads"));
        JsonPath begun = begin(song);
        assertThat(begun.<String>get("upload.method")).isEqualTo("PUT");
        assertThat(begun.<String>get("upload.expires_at")).endsWith("Z");

        assertThat(send(begun, song)).isEqualTo(200);
        JsonPath asset = complete(begun)
                .statusCode(201)
                .body("media_type", equalTo("audio/mpeg"))
                .body("size_bytes", equalTo(song.length))
                .extract()
                .jsonPath();

        assertThat(asset.<String>get("asset_url")).isEqualTo("asset://sha256/" + digest(song) + ".mp3");
        assertThat(left(begun)).isEmpty();
        byte[] kept = workspace
                .request()
                .get(workspace.path("/assets/" + digest(song)))
                .then()
                .statusCode(200)
                .contentType("audio/mpeg")
                .extract()
                .asByteArray();
        assertThat(digest(kept)).isEqualTo(digest(song));
        workspace
                .json("{\"title\": \"x\", \"background_music\": {\"url\": \"" + asset.get("asset_url")
                        + "\"}, \"storyboard\": [" + Workspace.scene(1) + "]}")
                .post(workspace.path("/projects"))
                .then()
                .statusCode(201);
        complete(begun).statusCode(201).body("asset_url", equalTo(asset.get("asset_url")));
    }

    @Test
    void keeps_no_second_copy_of_what_is_there() throws Exception {
        byte[] song = song(1_000);
        Workspace other = new Workspace();
        other.request()
                .multiPart("file", "a.mp3", song)
                .post(other.path("/assets"))
                .then()
                .statusCode(201);
        ListedObject before = content(song);

        JsonPath begun = begin(song);
        assertThat(send(begun, song)).isEqualTo(200);
        complete(begun).statusCode(201);

        assertThat(content(song)).isEqualTo(before);
        assertThat(left(begun)).isEmpty();
    }

    @Test
    void the_object_store_takes_nothing_but_what_was_agreed_on() throws Exception {
        byte[] song = song(1_000);
        JsonPath begun = begin(song);

        assertThat(send(begun, Arrays.copyOf(song, 1_001))).isEqualTo(403);
        assertThat(send(address(begun), "image/png", song)).isEqualTo(403);
        assertThat(send(URI.create(begun.getString("upload.url").replace("/sent", "/another")), "audio/mpeg", song))
                .isEqualTo(403);

        assertThat(left(begun)).isEmpty();
    }

    @Test
    void refuses_another_file_than_was_announced_and_leaves_nothing_behind() throws Exception {
        byte[] song = song(1_000);
        byte[] other = song.clone();
        other[999]++;
        byte[] picture = new byte[1_000];
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, 0, picture, 0, 8);
        byte[] text = "just a text, whatever it calls itself ".repeat(10).getBytes(StandardCharsets.UTF_8);

        refused(begin(song), other, "sha256", digest(song));
        refused(begin(picture, "audio/mpeg"), picture, "media_type", "image/png");
        refused(begin(text, "audio/mpeg"), text, "file", "neither a picture nor music");

        workspace
                .request()
                .get(workspace.path("/assets/" + digest(other)))
                .then()
                .statusCode(404);
    }

    private void refused(JsonPath begun, byte[] sent, String field, String message) throws Exception {
        assertThat(send(begun, sent)).isEqualTo(200);
        complete(begun)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("unusable_file"))
                .body("errors.field", equalTo(List.of(field)))
                .body("errors[0].message", containsString(message));
        assertThat(left(begun)).isEmpty();
        complete(begun).statusCode(409);
    }

    @Test
    void an_upload_is_completed_in_its_own_workspace_after_the_file_was_sent() throws Exception {
        byte[] song = song(1_000);
        JsonPath begun = begin(song);
        complete(begun).statusCode(409).body("errors.field", equalTo(List.of("upload_id")));
        assertThat(send(begun, song)).isEqualTo(200);

        Workspace other = new Workspace();
        String id = begun.getString("upload_id");
        other.request()
                .post(other.path("/uploads/" + id + "/complete"))
                .then()
                .statusCode(404)
                .body("errors.field", equalTo(List.of("upload_id")));
        other.request().post(begun.getString("complete_url")).then().statusCode(404);
        assertThat(left(begun)).hasSize(1);
        complete(begun).statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "x", "..%2f..", "🎵", "AAAA"})
    void an_id_that_was_never_given_is_not_found(String id) {
        workspace
                .request()
                .urlEncodingEnabled(!id.startsWith("%") && !id.startsWith("."))
                .post(workspace.path("/uploads/" + id + "/complete"))
                .then()
                .statusCode(404);
    }

    @Test
    void an_id_cannot_be_changed() throws Exception {
        String id = begin(song(1_000)).getString("upload_id");
        for (int i : new int[] {0, 30, 50, 80, 107}) {
            String changed = id.substring(0, i) + (id.charAt(i) == 'A' ? 'B' : 'A') + id.substring(i + 1);
            workspace
                    .request()
                    .post(workspace.path("/uploads/" + changed + "/complete"))
                    .then()
                    .statusCode(404);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audio/mpeg | 536870913 | 413 | 536870912",
                "image/png  | 16777217  | 413 | 16777216",
                "audio/mpeg | 0         | 400 | at least 1",
                "audio/mpeg | -1        | 400 | at least 1",
                "audio/mpeg | 1e30      | 400 | size",
                "audio/mpeg | \"x\"     | 400 | size",
                "audio/mpeg | null      | 400 | at least 1"
            })
    void refuses_a_size_that_cannot_be_and_says_what_can(String mediaType, String size, int status, String message) {
        ask("{\"size\": " + size + ", \"sha256\": \"" + "a".repeat(64) + "\", \"media_type\": \"" + mediaType + "\"}")
                .statusCode(status)
                .body("errors.field", hasItems("size"))
                .body("errors[0].message", status == 413 ? containsString(message) : containsString(""))
                .body("detail", containsString(message));
    }

    @Test
    void names_every_field_that_has_to_change() {
        ask("{}").statusCode(400).body("errors.field", equalTo(List.of("size", "sha256", "media_type")));
        ask("{\"size\": 1, \"sha256\": \"" + "A".repeat(64) + "\", \"media_type\": \"video/mp4\\u0000\"}")
                .statusCode(400)
                .body("errors.field", equalTo(List.of("sha256", "media_type")));
        ask("{\"size\": 1, \"sha256\": \"\", \"media_type\": \"audio/mpeg\", \"more\": 1}")
                .statusCode(400)
                .body("errors.field", equalTo(List.of("more")));
        ask("").statusCode(400);
        ask("[]").statusCode(400);
        workspace
                .request()
                .contentType(ContentType.TEXT)
                .body("x")
                .post(workspace.path("/uploads"))
                .then()
                .statusCode(415);
        new Workspace().json("{}").post(workspace.path("/uploads")).then().statusCode(404);
    }

    private ValidatableResponse ask(String body) {
        return workspace.json(body).post(workspace.path("/uploads")).then();
    }

    private JsonPath begin(byte[] file) throws Exception {
        return begin(file, "audio/mpeg");
    }

    private JsonPath begin(byte[] file, String mediaType) throws Exception {
        return ask("{\"size\": " + file.length + ", \"sha256\": \"" + digest(file) + "\", \"media_type\": \""
                        + mediaType + "\"}")
                .statusCode(201)
                .body("upload_id.length()", equalTo(108))
                .body("complete_url", endsWith("/complete"))
                .extract()
                .jsonPath();
    }

    private int send(JsonPath begun, byte[] file) throws Exception {
        return send(address(begun), begun.getString("upload.headers.Content-Type"), file);
    }

    private int send(URI address, String mediaType, byte[] file) throws Exception {
        HttpRequest put = HttpRequest.newBuilder(address)
                .timeout(SOON)
                .header("Content-Type", mediaType)
                .PUT(BodyPublishers.ofByteArray(file))
                .build();
        return outsider.send(put, BodyHandlers.discarding()).statusCode();
    }

    private ValidatableResponse complete(JsonPath begun) {
        return workspace.request().post(begun.getString("complete_url")).then();
    }

    private static URI address(JsonPath begun) {
        return URI.create(begun.getString("upload.url"));
    }

    /** What is in the object store under the name of the upload. */
    private List<ListedObject> left(JsonPath begun) {
        String path = address(begun).getPath();
        String prefix = path.substring(path.indexOf("uploads/"), path.lastIndexOf('/') + 1);
        return store.list(prefix, "", 10).await().atMost(SOON);
    }

    private ListedObject content(byte[] file) throws Exception {
        String digest = digest(file);
        return store.list("content/" + digest.substring(0, 2) + "/" + digest, "", 1)
                .await()
                .atMost(SOON)
                .get(0);
    }

    private static byte[] song(int size) {
        byte[] song = new byte[size];
        new Random().nextBytes(song);
        System.arraycopy("ID3".getBytes(StandardCharsets.US_ASCII), 0, song, 0, 3);
        return song;
    }

    private static String digest(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
