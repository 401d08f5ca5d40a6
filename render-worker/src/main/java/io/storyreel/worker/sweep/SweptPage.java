package io.storyreel.worker.sweep;

import io.storyreel.common.storage.ListedObject;
import io.storyreel.common.storage.ObjectKeys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a page of a listing holds.
 *
 * @param old of our names and older than the grace period: the database is asked for them
 * @param strange how many have a name that is none of ours
 */
record SweptPage(List<ListedObject> all, List<ListedObject> old, int young, int strange) {

    /** @param youngFrom files changed since then are young */
    static SweptPage of(String prefix, List<ListedObject> all, Instant youngFrom) {
        List<ListedObject> old = new ArrayList<>();
        int young = 0;
        int strange = 0;
        for (ListedObject object : all) {
            if (!ObjectKeys.isOurs(prefix, object.key())) {
                strange++;
            } else if (object.modifiedAt().isAfter(youngFrom)) {
                young++;
            } else {
                old.add(object);
            }
        }
        return new SweptPage(all, old, young, strange);
    }

    List<ListedObject> without(Set<String> needed) {
        return old.stream().filter(object -> !needed.contains(object.key())).toList();
    }

    static long bytes(List<ListedObject> objects) {
        return objects.stream().mapToLong(ListedObject::size).sum();
    }
}
