package io.storyreel.worker.media;

import io.storyreel.common.storyboard.Transition;
import io.storyreel.common.storyboard.VoiceFit;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CaptionsTest {

    private static final String LONG = "The quick brown fox jumps over the lazy dog while the patient cat keeps"
            + " watching from the warm kitchen window, wondering what all the fuss in the garden is about.";

    @Test
    void shows_a_line_as_long_as_it_is_spoken() {
        assertThat(Captions.srt(captions("Hello, world")))
                .isEqualTo(
                        """
                1
                00:00:02,000 --> 00:00:05,500
                Hello, world

                """);
    }

    @Test
    void writes_web_captions_with_their_special_characters_escaped() {
        assertThat(Captions.vtt(captions("a < b & c --> d")))
                .isEqualTo(
                        """
                WEBVTT

                00:00:02.000 --> 00:00:05.500
                a &lt; b &amp; c --&gt; d

                """);
    }

    @Test
    void splits_a_long_line_in_proportion_and_without_gaps() {
        var captions = captions(LONG);

        assertThat(captions).hasSizeGreaterThan(1);
        assertThat(captions.get(0).from()).isEqualTo(Duration.ofSeconds(2));
        assertThat(captions.get(captions.size() - 1).to()).isEqualTo(Duration.ofMillis(5500));
        for (int k = 1; k < captions.size(); k++) {
            assertThat(captions.get(k).from()).isEqualTo(captions.get(k - 1).to());
        }
        assertThat(captions).allSatisfy(caption -> assertThat(caption.lines())
                .hasSizeLessThanOrEqualTo(2)
                .allMatch(line -> line.length() <= Captions.LINE_LENGTH));
        assertThat(captions.stream().flatMap(caption -> caption.lines().stream()))
                .containsSequence(LineBreaks.of(LONG, Captions.LINE_LENGTH));
    }

    @Test
    void balances_the_lines_of_a_caption() {
        assertThat(LineBreaks.of("one two three four five six seven eight nine ten", 42))
                .containsExactly("one two three four five", "six seven eight nine ten");
    }

    @Test
    void breaks_words_longer_than_a_line_without_tearing_characters() {
        assertThat(LineBreaks.of("😀".repeat(50), 42)).containsExactly("😀".repeat(42), "😀".repeat(8));
    }

    @Test
    void keeps_line_breaks_of_the_script_out_of_the_file() {
        assertThat(Captions.srt(captions("one\n\n2\n00:00:00,000 --> 00:00:09,000\ttwo")))
                .contains("one 2 00:00:00,000")
                .doesNotContain("\n\n2\n");
    }

    @Test
    void takes_the_meaning_from_characters_of_the_styled_format() {
        var file = CaptionStyle.ass(captions("{\\b1}a\\Nb"), new Canvas(640, 360));

        assertThat(file).contains("Dialogue: 0,0:00:02.00,0:00:05.50,Voice,\\{\\\u2060b1\\}a\\\u2060Nb");
    }

    private static List<Caption> captions(String text) {
        var timeline = Timeline.plan(
                List.of(
                        new PlannedScene(1, Duration.ofSeconds(2), Transition.NONE),
                        new PlannedScene(2, Duration.ofSeconds(5), Transition.NONE)),
                List.of(new SpokenLine(0, 2, Duration.ofMillis(3500), null, VoiceFit.STRETCH)),
                25);
        return Captions.of(timeline, line -> text);
    }
}
