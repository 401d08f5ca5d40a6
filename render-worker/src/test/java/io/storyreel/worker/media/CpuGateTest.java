package io.storyreel.worker.media;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CpuGateTest {
    private final List<String> happened = new ArrayList<>();
    private final CpuGate gate = new CpuGate(1);

    @Test
    void admits_in_the_order_of_entering() {
        CpuGate.Ticket first = enter("first");
        enter("second");
        enter("third");

        first.leave();

        assertThat(happened).containsExactly("first", "second");
        assertThat(gate.waiting()).isEqualTo(1);
    }

    @Test
    void tells_once_when_the_queue_has_become_short() {
        CpuGate.Ticket first = enter("first");
        enter("second");
        CpuGate.Ticket third = enter("third");
        gate.whenShorterThan(1, () -> happened.add("short"));

        third.leave();
        assertThat(happened).doesNotContain("short");
        first.leave();

        assertThat(happened).containsExactly("first", "second", "short");
    }

    @Test
    void tells_at_once_when_the_queue_is_short_already() {
        gate.whenShorterThan(1, () -> happened.add("short"));

        assertThat(happened).containsExactly("short");
    }

    private CpuGate.Ticket enter(String name) {
        CpuGate.Ticket ticket = gate.ticket(() -> happened.add(name));
        ticket.enter();
        return ticket;
    }
}
