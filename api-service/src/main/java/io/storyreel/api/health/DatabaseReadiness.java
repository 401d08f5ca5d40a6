package io.storyreel.api.health;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.Readiness;

@Readiness
@Singleton
class DatabaseReadiness extends PartCheck {
    private final Pool pool;

    DatabaseReadiness(Pool pool) {
        super("database", Need.ALWAYS);
        this.pool = pool;
    }

    @Override
    Uni<?> ask() {
        return pool.query("select 1").execute();
    }
}
