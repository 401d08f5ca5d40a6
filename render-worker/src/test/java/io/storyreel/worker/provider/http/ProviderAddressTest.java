package io.storyreel.worker.provider.http;

import io.storyreel.worker.provider.ProviderRefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProviderAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://render.example.com/v1/",
                "https://render.example.com/v1",
                " https://render.example.com/v1\n"
            })
    void takes_an_encrypted_address(String value) {
        assertThat(ProviderAddress.of("SOME_URL", value).at("/renders"))
                .isEqualTo("https://render.example.com/v1/renders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:7000/custom", "http://localhost:7000", "http://[::1]:7000"})
    void takes_an_open_address_on_this_machine(String value) {
        assertThat(ProviderAddress.of("SOME_URL", value).missing()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://render.example.com, must begin with https",
        "http://127.0.0.1.example.com, must begin with https",
        "ftp://127.0.0.1, must begin with https",
        "render.example.com, is not an address",
        "https://user:secret@render.example.com, is not an address",
        "https://render.example.com/?a=b, is not an address",
        "https://ren der.example.com, is not an address",
        "'', is not set"
    })
    void names_the_setting_of_an_address_that_no_key_goes_to(String value, String reason) {
        ProviderAddress address = ProviderAddress.of("SOME_URL", value);

        assertThat(address.missing()).startsWith("SOME_URL " + reason);
        assertThatThrownBy(() -> address.at("/renders")).isInstanceOf(ProviderRefusedException.class);
    }

    @Test
    void names_the_setting_of_an_address_that_is_missing() {
        assertThat(ProviderAddress.of("SOME_URL", null).missing()).startsWith("SOME_URL is not set");
    }
}
