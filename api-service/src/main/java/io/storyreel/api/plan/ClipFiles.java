package io.storyreel.api.plan;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storage.StorageOutage;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the files of clips that were bought are still there. */
@ApplicationScoped
class ClipFiles {
    private static final Logger LOG = Logger.getLogger(ClipFiles.class);
    private static final int AT_ONCE = 16;
    private static final Duration LOOK_WITHIN = Duration.ofSeconds(5);

    private final ObjectStore objects;

    private record Look(String digest, Boolean there) {}

    ClipFiles(ObjectStore objects) {
        this.objects = objects;
    }

    /**
     * Leaves out those that are gone. False for all of them if the object store cannot be asked in time: a plan need not
     * wait for it, only not count on it.
     *
     * @param keys by digest
     */
    Uni<Map<String, Boolean>> there(Map<String, String> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<Uni<Look>> looks = new ArrayList<>();
        keys.forEach((digest, key) -> looks.add(look(digest, key)));
        return Uni.join()
                .all(looks)
                .usingConcurrencyOf(AT_ONCE)
                .andFailFast()
                .map(ClipFiles::found)
                .ifNoItem()
                .after(LOOK_WITHIN)
                .fail()
                .onFailure(StorageOutage::isOne)
                .recoverWithItem(failure -> unknown(keys, failure));
    }

    private Uni<Look> look(String digest, String key) {
        return objects.stat(key)
                .replaceWith(new Look(digest, true))
                .onFailure(ObjectMissingException.class)
                .recoverWithItem(new Look(digest, null));
    }

    private static Map<String, Boolean> found(List<Look> looks) {
        Map<String, Boolean> found = new HashMap<>();
        looks.stream().filter(look -> look.there() != null).forEach(look -> found.put(look.digest(), look.there()));
        return found;
    }

    private static Map<String, Boolean> unknown(Map<String, String> keys, Throwable failure) {
        LOG.warnf("clips not looked for, not counted on: clips=%d reason=%s", keys.size(), failure.getMessage());
        Map<String, Boolean> unknown = new HashMap<>();
        keys.keySet().forEach(digest -> unknown.put(digest, false));
        return unknown;
    }
}
