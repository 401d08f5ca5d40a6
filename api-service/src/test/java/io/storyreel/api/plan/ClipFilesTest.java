package io.storyreel.api.plan;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storage.StorageAwayException;
import io.storyreel.common.storage.StoredObject;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClipFilesTest {
    private static final Map<String, String> TWO = Map.of("a", "clips/a", "b", "clips/b");

    @Test
    void leaves_out_what_is_gone() {
        assertThat(there(key -> key.endsWith("a") ? stored(key) : failed(new ObjectMissingException(key))))
                .containsExactly(Map.entry("a", true));
    }

    @Test
    void counts_on_nothing_while_the_object_store_is_away() {
        assertThat(there(key -> key.endsWith("a")
                        ? stored(key)
                        : failed(new StorageAwayException(Duration.ofSeconds(90), new IllegalStateException("away")))))
                .containsOnly(Map.entry("a", false), Map.entry("b", false));
    }

    @Test
    void hides_no_fault_of_ours() {
        assertThatThrownBy(() -> there(key -> failed(new IllegalArgumentException("odd key"))))
                .hasMessageContaining("odd key");
    }

    private static Map<String, Boolean> there(Function<String, Uni<StoredObject>> stat) {
        ObjectStore objects = (ObjectStore) Proxy.newProxyInstance(
                ClipFilesTest.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> stat.apply((String) arguments[0]));
        return new ClipFiles(objects).there(TWO).await().atMost(Duration.ofSeconds(20));
    }

    private static Uni<StoredObject> stored(String key) {
        return Uni.createFrom().item(new StoredObject(key, 1_024, "video/mp4", "e"));
    }

    private static Uni<StoredObject> failed(Throwable failure) {
        return Uni.createFrom().failure(failure);
    }
}
