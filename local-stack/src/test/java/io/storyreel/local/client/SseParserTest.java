package io.storyreel.local.client;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class SseParserTest {

    private final SseParser parser = new SseParser();

    @Test
    void puts_id_name_and_data_of_an_event_together() {
        assertThat(events("id: 17", "event: progress", "data: {\"progress\":60}", ""))
                .containsExactly(new SseEvent("17", "progress", "{\"progress\":60}"));
    }

    @Test
    void ignores_comments_retry_hints_and_unknown_fields() {
        assertThat(events("retry: 2000", ": keep alive", "", "colour: red", "data: x", ""))
                .containsExactly(new SseEvent("", "message", "x"));
    }

    @Test
    void joins_several_data_lines_and_takes_one_space_only_off_a_value() {
        assertThat(events("data:  a", "data:b", "data", "")).containsExactly(new SseEvent("", "message", " a\nb\n"));
    }

    @Test
    void keeps_the_last_id_for_events_without_one() {
        assertThat(events("id: 3", "data: a", "", "data: b", ""))
                .extracting(SseEvent::id)
                .containsExactly("3", "3");
    }

    @Test
    void drops_an_event_that_never_ended() {
        assertThat(events("data: a", "", "data: half")).hasSize(1);
    }

    private List<SseEvent> events(String... lines) {
        var events = new ArrayList<SseEvent>();
        for (var line : lines) {
            parser.line(line).ifPresent(events::add);
        }
        return events;
    }
}
