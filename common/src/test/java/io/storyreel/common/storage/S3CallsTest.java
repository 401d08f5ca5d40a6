package io.storyreel.common.storage;

import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class S3CallsTest {
    private final S3Calls calls = new S3Calls(new SmallRyeConfigBuilder()
            .withMapping(StorageSettings.class)
            .withDefaultValue("storyreel.storage.call-timeout", "PT5M")
            .withDefaultValue("storyreel.storage.patience", "PT90S")
            .build()
            .getConfigMapping(StorageSettings.class));
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<InputStream> answer = new CompletableFuture<>();

    private InputStream body() {
        return new ByteArrayInputStream(new byte[1]) {
            @Override
            public void close() {
                closed.set(true);
            }
        };
    }

    @Test
    void closes_an_answer_that_comes_when_nobody_waits_any_more() {
        calls.once("a file", client -> answer).subscribe().with(body -> {}).cancel();
        answer.complete(body());
        await().untilTrue(closed);
    }

    @Test
    void leaves_an_answer_open_for_whoever_waits_for_it() {
        var received = calls.once("a file", client -> answer).subscribeAsCompletionStage();
        InputStream body = body();
        answer.complete(body);
        assertThat(received).isCompletedWithValue(body);
        assertThat(closed).isFalse();
    }
}
