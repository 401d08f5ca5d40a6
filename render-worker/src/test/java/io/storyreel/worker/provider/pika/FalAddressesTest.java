package io.storyreel.worker.provider.pika;

import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FalAddressesTest {
    private static final PikaSettings SETTINGS =
            TestSettings.of(PikaSettings.class, Map.of("storyreel.pika.url", "http://127.0.0.1:9/fal/"));
    private static final String BUILT = "http://127.0.0.1:9/fal/fal-ai/pika/requests/r-1/status";

    @Test
    void leaves_the_variant_of_the_model_out_of_all_but_the_order() {
        assertThat(FalAddresses.submit(SETTINGS)).isEqualTo("http://127.0.0.1:9/fal/fal-ai/pika/v2.2/image-to-video");
        assertThat(FalAddresses.of(SETTINGS, "r-1", null))
                .isEqualTo(new FalAddresses(
                        BUILT,
                        "http://127.0.0.1:9/fal/fal-ai/pika/requests/r-1",
                        "http://127.0.0.1:9/fal/fal-ai/pika/requests/r-1/cancel"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:9/fal/moved/r-1", "https://queue.fal.run/moved/r-1"})
    void goes_where_fal_says_on_servers_that_may_have_the_key(String url) {
        assertThat(status(url)).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:10/fal/r-1",
                "https://127.0.0.1:9/fal/r-1",
                "http://queue.fal.run/r-1",
                "https://queue.fal.run:8443/r-1",
                "https://queue.fal.run@evil.example/r-1",
                "https://evil.example/queue.fal.run",
                "https://key@queue.fal.run/r-1",
                "/r-1",
                "not an address"
            })
    void goes_where_the_documents_say_if_the_key_may_not_go_there(String url) {
        assertThat(status(url)).isEqualTo(BUILT);
    }

    @Test
    void keeps_of_an_answer_what_are_addresses() {
        JsonObject answer = new JsonObject()
                .put("request_id", "r-1")
                .put("status_url", "https://queue.fal.run/s")
                .put("cancel_url", 5);

        assertThat(FalAddresses.handle(answer))
                .isEqualTo(new JsonObject().put("status_url", "https://queue.fal.run/s"));
    }

    @Test
    void asks_for_no_name_that_would_bend_the_path() {
        assertThatThrownBy(() -> FalAddresses.of(SETTINGS, "a/../b", null))
                .isInstanceOf(ProviderRefusedException.class);
    }

    private static String status(String url) {
        return FalAddresses.of(
                        SETTINGS, "r-1", new JsonObject().put("status_url", url).encode())
                .status();
    }
}
