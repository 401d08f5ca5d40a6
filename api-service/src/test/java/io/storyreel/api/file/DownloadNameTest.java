package io.storyreel.api.file;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class DownloadNameTest {

    @Test
    void a_plain_title_is_the_name_of_the_file() {
        assertThat(disposition("Harbour at dawn")).isEqualTo("attachment; filename=\"Harbour at dawn.mp4\"");
    }

    @Test
    void other_scripts_are_told_twice_for_old_clients_and_for_new_ones() {
        assertThat(disposition("Caf\u00e9 de Flore"))
                .isEqualTo("attachment; filename=\"Cafe de Flore.mp4\"; filename*=UTF-8''Caf%C3%A9%20de%20Flore.mp4");
        assertThat(disposition("\u4f60\u597d"))
                .isEqualTo("attachment; filename=\"otherwise.mp4\"; filename*=UTF-8''%E4%BD%A0%E5%A5%BD.mp4");
        assertThat(disposition("\u0633\u0644\u0627\u0645 \ud83c\udfac"))
                .startsWith("attachment; filename=\"otherwise.mp4\"; filename*=UTF-8''%D8%B3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "..\\..\\windows",
                "a\"; filename=\"b.exe",
                "a\r\nSet-Cookie: x=y",
                "a\u0000b",
                "....",
                "   ",
                "",
                "CON",
                "nul.txt",
                "a%2e%2e%2fb",
                "\u202egpj.exe",
                "\ud800",
                "<script>",
                "a|b?c*d:e",
                "\u2028",
                "x\u0301\u0301\u0301",
                "-rf",
                "\ufeff"
            })
    void nothing_in_a_title_gets_out_of_the_name(String title) {
        String header = disposition(title);

        assertThat(header)
                .matches(
                        "attachment; filename=\"[^\"\\\\/%\\x00-\\x1f\\x7f]+\\.mp4\"(; filename\\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+)?");
        String name = nameIn(header);
        assertThat(name)
                .doesNotStartWith(".")
                .doesNotContain("/", "\\", "\u0000", "\r", "\n", "\u202e", "\"")
                .doesNotMatch("(?i)(con|nul)(\\..*)?");
        assertThat(name.length()).isGreaterThan(".mp4".length());
    }

    @Test
    void a_long_title_is_cut_between_characters_so_that_any_file_system_takes_it() {
        String name = nameIn(disposition("\ud83c\udfac".repeat(200)));

        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(170, 184);
        assertThat(name).matches("(\ud83c\udfac)+\\.mp4");
    }

    private static String disposition(String title) {
        return DownloadName.disposition("attachment", title, "otherwise", ".mp4");
    }

    private static String nameIn(String header) {
        int extended = header.indexOf("filename*=UTF-8''");
        return extended >= 0
                ? URLDecoder.decode(
                        header.substring(extended + "filename*=UTF-8''".length())
                                .replace("+", "%2B"),
                        StandardCharsets.UTF_8)
                : header.substring(header.indexOf('"') + 1, header.lastIndexOf('"'));
    }
}
