package io.storyreel.api.page;

import io.storyreel.common.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CursorTest {
    private static final Cursor PLACE = new Cursor(Instant.parse("2026-11-21T10:00:00.123456Z"), new UUID(1, 2));

    @Test
    void comes_back_as_it_was_in_its_own_list() {
        assertThat(Cursor.parse(PLACE.text("projects"), "projects")).isEqualTo(PLACE);
        assertThat(Cursor.parse(null, "projects")).isEqualTo(Cursor.START);
    }

    @Test
    void is_refused_in_another_list() {
        expectRefused(PLACE.text("projects"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xyz", "!", "Lw", "Ly8v"})
    void is_refused_when_it_is_not_one_of_ours(String text) {
        expectRefused(text);
    }

    @Test
    void is_refused_when_no_calendar_has_its_time() {
        expectRefused(new Cursor(Instant.parse("+999999999-01-01T00:00:00Z"), new UUID(1, 2)).text("jobs"));
    }

    @Test
    void is_refused_when_it_is_longer_than_any_of_ours() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Cursor.parse("a".repeat(401), "jobs"))
                .withMessageContaining("cursor may have at most 400 characters, has 401");
    }

    private static void expectRefused(String text) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Cursor.parse(text, "jobs"))
                .satisfies(refused -> assertThat(refused.problem().errors())
                        .extracting("field")
                        .containsExactly("cursor"));
    }
}
