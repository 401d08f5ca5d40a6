package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PermitsTest {
    private final Permits permits = new Permits(2);
    private final List<UniEmitter<? super String>> begun = new ArrayList<>();

    @Test
    void lets_no_more_begin_than_is_permitted() {
        var first = start();
        start();
        var third = start();
        assertThat(begun).hasSize(2);

        begun.get(0).complete("done");

        first.assertCompleted().assertItem("done");
        assertThat(begun).hasSize(3);
        begun.get(2).fail(new IllegalStateException("it broke"));
        third.assertFailedWith(IllegalStateException.class, "it broke");
    }

    @Test
    void serves_in_turn_whoever_has_not_given_up_waiting() {
        start();
        start();
        var impatient = start();
        var patient = start();

        impatient.cancel();
        begun.get(0).complete("done");
        begun.get(2).complete("patient");

        patient.assertCompleted().assertItem("patient");
    }

    @Test
    void gets_the_permit_of_given_up_work_back() {
        start().cancel();
        start().cancel();

        start();
        start();

        assertThat(begun).hasSize(4);
    }

    @Test
    void gets_the_permit_back_when_the_work_cannot_even_begin() {
        for (int i = 0; i < 3; i++) {
            permits.during(() -> {
                        throw new IllegalStateException("it broke");
                    })
                    .subscribe()
                    .withSubscriber(UniAssertSubscriber.create())
                    .assertFailedWith(IllegalStateException.class);
        }
    }

    @Test
    void lets_fewer_begin_once_fewer_are_permitted() {
        start();
        start();
        start();
        permits.permit(1);

        begun.get(0).complete("done");
        assertThat(begun).hasSize(2);

        begun.get(1).complete("done");
        assertThat(begun).hasSize(3);
    }

    @Test
    void lets_those_who_wait_begin_once_more_are_permitted() {
        start();
        start();
        start();
        start();

        permits.permit(3);

        assertThat(begun).hasSize(3);
    }

    private UniAssertSubscriber<String> start() {
        return permits.during(() -> Uni.createFrom().<String>emitter(begun::add))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
