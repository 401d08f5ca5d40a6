package io.storyreel.worker.provider.http;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StrangeStatesTest {
    private final StrangeStates states = new StrangeStates(3);

    @Test
    void are_told_once_for_each_task() {
        assertThat(states.tell("runway", "1", "DREAMING")).isTrue();
        assertThat(states.tell("runway", "1", "DREAMING")).isFalse();
        assertThat(states.tell("runway", "2", "DREAMING")).isTrue();
    }

    @Test
    void are_forgotten_when_there_are_too_many_to_keep() {
        for (int task = 0; task <= 3; task++) {
            states.tell("runway", "task-" + task, "DREAMING");
        }

        assertThat(states.tell("runway", "task-0", "DREAMING")).isTrue();
        assertThat(states.tell("runway", "task-3", "DREAMING")).isFalse();
    }
}
