package io.storyreel.worker.run;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LowestTurnsTest {

    @Test
    void one_of_so_many_jobs_is_of_the_lowest_priority_however_many_are_taken_at_once() {
        LowestTurns turns = new LowestTurns(10);
        assertThat(turns.among(9)).isZero();
        assertThat(turns.among(10)).isEqualTo(1);
        assertThat(turns.among(128)).isEqualTo(12);

        turns.taken(9);

        assertThat(turns.among(1)).isEqualTo(1);
        turns.taken(1);
        assertThat(turns.among(1)).isZero();
    }

    @Test
    void a_worker_may_not_be_set_to_forget_the_lowest() {
        assertThatThrownBy(() -> new LowestTurns(0)).hasMessageContaining("storyreel.worker.lowest-every");
    }
}
