package io.storyreel.worker.provider.replicate;

import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ModelSchemaTest {

    @Test
    void finds_no_fault_with_a_model_that_takes_what_it_is_sent() {
        assertThat(missing(Map.of(), takes("prompt", "image", "duration", "resolution", "seed", "audio")))
                .isNull();
    }

    @Test
    void names_a_model_that_is_not_there() {
        JsonAnswer absent = new JsonAnswer("Replicate", 404, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer("{}"));

        assertThat(ModelSchema.missing(model(Map.of("storyreel.replicate.clip.model", "fofr/skyreels-2")), absent))
                .contains("fofr/skyreels-2", "storyreel.replicate.clip.model");
    }

    @Test
    void names_the_inputs_that_the_model_does_not_take() {
        assertThat(missing(Map.of(), takes("prompt", "image_url", "duration", "resolution", "seed")))
                .contains("takes no image", "storyreel.replicate.clip.inputs");
    }

    @Test
    void follows_the_names_of_inputs_in_the_settings() {
        assertThat(missing(
                        Map.of(
                                "storyreel.replicate.clip.inputs.image", "image_url",
                                "storyreel.replicate.clip.inputs.duration", "none",
                                "storyreel.replicate.clip.extra.fps", "24"),
                        takes("prompt", "image_url", "resolution", "seed", "fps")))
                .isNull();
    }

    @Test
    void names_what_the_model_demands_and_would_not_get() {
        JsonObject described = takes("prompt", "image", "duration", "resolution", "seed", "fps");
        input(described).put("required", new JsonArray().add("prompt").add("fps"));

        assertThat(missing(Map.of(), described)).contains("demands fps", "storyreel.replicate.clip.extra.fps");
    }

    @Test
    void does_not_trust_a_model_that_does_not_tell_what_it_takes() {
        assertThat(missing(Map.of(), new JsonObject().put("latest_version", null)))
                .contains("does not tell");
    }

    @Test
    void reads_the_description_of_a_version_where_one_is_configured() {
        JsonObject described = takes("prompt", "image").getJsonObject("latest_version");

        assertThat(missing(Map.of("storyreel.replicate.clip.model", "me/mine:" + "a".repeat(64)), described))
                .isNull();
    }

    private static String missing(Map<String, String> settings, JsonObject described) {
        return ModelSchema.missing(
                model(settings),
                new JsonAnswer("Replicate", 200, MultiMap.caseInsensitiveMultiMap(), described.toBuffer()));
    }

    private static ClipModel model(Map<String, String> settings) {
        return ClipModel.of(TestSettings.of(ReplicateSettings.class, settings).clip());
    }

    private static JsonObject takes(String... fields) {
        JsonObject properties = new JsonObject();
        for (String field : fields) {
            properties.put(field, new JsonObject().put("type", "string"));
        }
        JsonObject schemas = new JsonObject().put("Input", new JsonObject().put("properties", properties));
        return new JsonObject()
                .put(
                        "latest_version",
                        new JsonObject()
                                .put(
                                        "openapi_schema",
                                        new JsonObject().put("components", new JsonObject().put("schemas", schemas))));
    }

    private static JsonObject input(JsonObject described) {
        return described
                .getJsonObject("latest_version")
                .getJsonObject("openapi_schema")
                .getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject("Input");
    }
}
