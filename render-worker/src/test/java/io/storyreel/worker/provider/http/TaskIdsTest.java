package io.storyreel.worker.provider.http;

import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TaskIdsTest {

    @Test
    void finds_the_name_of_an_accepted_task() {
        assertThat(TaskIds.accepted(answer("{\"id\":\"17f20503-6c24_A\"}"), "id"))
                .isEqualTo("17f20503-6c24_A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":null}",
                "{\"id\":7}",
                "{\"id\":\"\"}",
                "{\"id\":\"a/../b\"}",
                "{\"id\":\"a?b\"}",
                "<html>busy</html>",
                "[]",
                ""
            })
    void cannot_tell_what_became_of_a_task_without_a_usable_name(String body) {
        assertThatThrownBy(() -> TaskIds.accepted(answer(body), "id")).isInstanceOf(OutcomeUnknownException.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "..", "a/b", "a%2Fb", "a b", "a\n", "ü"})
    void keeps_names_that_bend_a_path_out_of_it(String id) {
        assertThatThrownBy(() -> TaskIds.inPath("runway", id)).isInstanceOf(ProviderRefusedException.class);
    }

    private static JsonAnswer answer(String body) {
        return new JsonAnswer("runway", 200, MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body));
    }
}
