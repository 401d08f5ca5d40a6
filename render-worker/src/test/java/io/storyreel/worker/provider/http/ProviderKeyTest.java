package io.storyreel.worker.provider.http;

import io.storyreel.worker.provider.ProviderRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProviderKeyTest {

    @Test
    void is_sent_without_the_blanks_round_it() {
        ProviderKey key = ProviderKey.of("SOME_KEY", " key_1\n");

        assertThat(key.usable()).isTrue();
        assertThat(key.missing()).isNull();
        assertThat(key.as("Bearer")).isEqualTo("Bearer key_1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\n"})
    void names_the_setting_that_is_missing(String value) {
        ProviderKey key = ProviderKey.of("SOME_KEY", value);

        assertThat(key.usable()).isFalse();
        assertThat(key.missing()).isEqualTo("SOME_KEY is not set: set it to your key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key_1\nX-Other: 2", "key_1\r\nkey_2", "key 1", "key\u00a01", "kéy", "key\u0000"})
    void names_the_setting_whose_key_would_not_fit_into_a_header(String value) {
        ProviderKey key = ProviderKey.of("SOME_KEY", value);

        assertThat(key.missing()).startsWith("SOME_KEY ").doesNotContain(value);
        assertThatThrownBy(() -> key.as("Bearer"))
                .isInstanceOf(ProviderRefusedException.class)
                .hasMessageContaining("SOME_KEY");
    }

    @Test
    void does_not_show_itself() {
        assertThat(ProviderKey.of("SOME_KEY", "key_1").toString()).doesNotContain("key_1");
    }
}
