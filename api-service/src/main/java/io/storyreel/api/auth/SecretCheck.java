package io.storyreel.api.auth;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses to start with a secret that could be guessed: nobody should find out from a forged token. */
@ApplicationScoped
class SecretCheck {

    void check(@Observes StartupEvent start, AuthSettings settings) {
        int length = settings.secret().length();
        if (length < AuthSettings.SHORTEST_SECRET) {
            throw new IllegalStateException("STORYREEL_JWT_SECRET needs at least " + AuthSettings.SHORTEST_SECRET
                    + " characters, has " + length + ": set it to a random text, such as the output of"
                    + " `openssl rand -hex 32`");
        }
    }
}
