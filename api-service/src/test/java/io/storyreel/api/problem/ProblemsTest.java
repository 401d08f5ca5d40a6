package io.storyreel.api.problem;

import io.storyreel.common.problem.ProblemCode;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

class ProblemsTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "53300", "57P01", "57014"})
    void a_database_in_trouble_is_unavailable(String state) {
        expectUnavailable(new PgException("in trouble", "FATAL", state, null));
    }

    @Test
    void a_lost_connection_is_unavailable_however_it_is_wrapped() {
        expectUnavailable(new HibernateException(new VertxException("Connection is not active now")));
        expectUnavailable(new CompletionException(new IOException("refused")));
        expectUnavailable(new TimeoutException());
        expectUnavailable(new io.smallrye.mutiny.TimeoutException());
    }

    private static void expectUnavailable(Throwable failure) {
        assertThat(Problems.of(failure)).isNotNull();
        assertThat(Problems.of(failure).code()).isEqualTo(ProblemCode.UNAVAILABLE.wireName());
    }

    @Test
    void our_own_mistakes_are_no_outage() {
        assertThat(Problems.of(new PgException("no such column", "ERROR", "42703", null)))
                .isNull();
        assertThat(Problems.of(new IllegalStateException("a mistake"))).isNull();
    }
}
