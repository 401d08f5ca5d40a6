package io.storyreel.api.health;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storage.ObjectStore;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.Readiness;

@Readiness
@Singleton
class StorageReadiness extends PartCheck {
    private final ObjectStore objects;

    StorageReadiness(ObjectStore objects) {
        super("storage", Need.OFTEN);
        this.objects = objects;
    }

    /** A bucket that is not there yet is made when the first file comes. */
    @Override
    Uni<?> ask() {
        return objects.ping().onFailure(ObjectMissingException.class).recoverWithNull();
    }
}
