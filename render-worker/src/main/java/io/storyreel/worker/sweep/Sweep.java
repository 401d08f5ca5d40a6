package io.storyreel.worker.sweep;

import io.storyreel.common.storage.ObjectKeys;
import io.vertx.mutiny.sqlclient.Row;

import java.util.List;
import java.util.UUID;

/**
 * A sweep under way and how far it is.
 *
 * @param prefix number of the prefix that it is at
 * @param after the last key that was looked at there; empty at its beginning
 */
record Sweep(UUID id, boolean dryRun, int prefix, String after) {
    private static final List<String> PREFIXES = ObjectKeys.prefixes();

    static Sweep of(Row row) {
        return new Sweep(
                row.getUUID("id"), row.getBoolean("dry_run"), row.getInteger("prefix"), row.getString("after_key"));
    }

    boolean atItsEnd() {
        return prefix >= PREFIXES.size();
    }

    String prefixName() {
        return PREFIXES.get(prefix);
    }

    Sweep after(String key) {
        return new Sweep(id, dryRun, prefix, key);
    }

    Sweep nextPrefix() {
        return new Sweep(id, dryRun, prefix + 1, "");
    }
}
