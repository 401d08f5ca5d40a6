package io.storyreel.worker.provider.health;

import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Circuit breakers that stand as the test says. */
final class ScriptedBreakers implements CircuitBreakerMaintenance {
    final Map<String, CircuitBreakerState> states = new HashMap<>();

    @Override
    public CircuitBreakerState currentState(String name) {
        if (!states.containsKey(name)) {
            throw new IllegalArgumentException("no breaker is called " + name);
        }
        return states.get(name);
    }

    @Override
    public void onStateChange(String name, Consumer<CircuitBreakerState> callback) {
        throw new UnsupportedOperationException("nobody listens in these tests");
    }

    @Override
    public void reset(String name) {
        states.put(name, CircuitBreakerState.CLOSED);
    }

    @Override
    public void resetAll() {
        states.clear();
    }
}
