package io.storyreel.api.health;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.Readiness;

/** Without Redis renders are still accepted; the dispatcher rings later. */
@Readiness
@Singleton
class RedisReadiness extends PartCheck {
    private final ReactiveRedisDataSource redis;

    RedisReadiness(ReactiveRedisDataSource redis) {
        super("redis", Need.OFTEN);
        this.redis = redis;
    }

    @Override
    Uni<?> ask() {
        return redis.execute("PING");
    }
}
