package io.storyreel.worker.provider.http;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AnswerFieldsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.42, 42",
        "0.999, 99",
        "1, 99",
        "1.5, 1",
        "42, 42",
        "250, 99",
        "-0.5, 0",
        "'\"0.5\"', 50",
        "1e9, 99"
    })
    void takes_progress_above_1_for_a_percentage(String value, int percent) {
        assertThat(fields(value).percent("a")).isEqualTo(percent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"soon\"", "true", "{}", "[]", "1e999", "\"NaN\""})
    void knows_no_progress_from_something_else(String value) {
        assertThat(fields(value).percent("a")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "0.30, 0.3", "'\"0.30\"', 0.30", "1e-9, 0.000000", "12.3456789, 12.345679", "0, 0"})
    void reads_money_from_numbers_and_text(String value, String amount) {
        assertThat(fields(value).money("a")).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "-1", "\"$5\"", "1e99", "\"1e999999999\"", "99999999", "{\"credits\":1}", "\"\""})
    void knows_no_money_that_cannot_be(String value) {
        assertThat(fields(value).money("a")).isNull();
    }

    @Test
    void makes_words_fit_for_a_log() {
        assertThat(fields("\"RUN\\nNING \\u001b[1m\"").word("a")).isEqualTo("RUNNING1m");
        assertThat(fields("\"" + "x".repeat(500) + "\"").word("a")).hasSize(40);
        assertThat(fields("7").word("a")).isEqualTo("unknown");
        assertThat(fields("\"\"").word("a")).isEqualTo("unknown");
    }

    @Test
    void finds_the_first_address_of_a_list() {
        assertThat(fields("[\"https://a.example/1?x=y\",\"https://a.example/2\"]")
                        .firstUrl("a"))
                .isEqualTo("https://a.example/1?x=y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "[null]", "[7]", "\"https://a.example/\"", "[\"file:///etc/passwd\"]", "{}"})
    void finds_no_address_where_there_is_none(String value) {
        assertThat(fields(value).firstUrl("a")).isNull();
    }

    @Test
    void goes_on_in_an_empty_object_where_there_is_none() {
        assertThat(fields("7").object("a").text("b")).isNull();
        assertThat(fields("{\"b\":\"c\"}").object("a").text("b")).isEqualTo("c");
    }

    private static AnswerFields fields(String value) {
        return new AnswerFields(new JsonObject("{\"a\":" + value + "}"));
    }
}
