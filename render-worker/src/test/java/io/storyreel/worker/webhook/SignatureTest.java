package io.storyreel.worker.webhook;

import com.standardwebhooks.Webhook;
import io.storyreel.common.webhook.WebhookSecret;
import org.junit.jupiter.api.Test;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SignatureTest {
    private static final String BODY = "{\"test\": 2432232314}";

    @Test
    void is_the_example_of_the_specification() {
        var secret = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(Signature.of(List.of(secret), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void is_believed_by_receivers_with_either_secret() {
        WebhookSecret now = WebhookSecret.random(new SecureRandom());
        WebhookSecret before = WebhookSecret.random(new SecureRandom());
        long timestamp = Instant.now().getEpochSecond();
        Map<String, List<String>> headers = new HashMap<>();
        headers.put("webhook-id", List.of("an-id"));
        headers.put("webhook-timestamp", List.of(Long.toString(timestamp)));
        headers.put("webhook-signature", List.of(Signature.of(List.of(now, before), "an-id", timestamp, BODY)));

        assertThatCode(() -> new Webhook(now.text()).verify(BODY, headers)).doesNotThrowAnyException();
        assertThatCode(() -> new Webhook(before.text()).verify(BODY, headers)).doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        new Webhook(WebhookSecret.random(new SecureRandom()).text()).verify(BODY, headers))
                .hasMessageContaining("signature");
    }
}
