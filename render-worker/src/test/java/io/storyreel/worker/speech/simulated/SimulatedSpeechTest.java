package io.storyreel.worker.speech.simulated;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.mutiny.Uni;
import io.storyreel.worker.media.AudioFormat;
import io.storyreel.worker.provider.ChargedException;
import io.storyreel.worker.provider.ResultLostException;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.speech.SpeechBusyException;
import io.storyreel.worker.speech.SpeechProvider;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Utterance;
import io.storyreel.worker.speech.azure.AzureSpeech;
import io.storyreel.worker.speech.elevenlabs.ElevenLabsSpeech;
import io.storyreel.worker.speech.openai.OpenAiSpeech;
import io.storyreel.worker.speech.simulated.SimulatedSpeechTest.EverySpeaker;
import jakarta.inject.Inject;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

import static io.storyreel.worker.speech.simulated.SimulatedVendors.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The contract of every speech provider with its vendor's protocol, as the simulator keeps it: each row of the error
 * tables, what is repeated, and that the money we book is the money charged.
 */
@QuarkusTest
@QuarkusTestResource(value = SimulatedVendors.class, restrictToAnnotatedClass = true)
@TestProfile(EverySpeaker.class)
class SimulatedSpeechTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Utterance HELLO = new Utterance("Hello to the whole world", "default");

    @TempDir
    Path directory;

    @Inject
    OpenAiSpeech openai;

    @Inject
    ElevenLabsSpeech elevenlabs;

    @Inject
    AzureSpeech azure;

    @Inject
    CircuitBreakerMaintenance breakers;

    /** Without the engine, which would want Postgres and Redis. */
    public static final class EverySpeaker implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.arc.exclude-types", "io.storyreel.worker.run.Worker",
                    "storyreel.speech.fallback", "elevenlabs,azure",
                    "storyreel.speech.call-timeout", "4s",
                    "API_RETRY_DELAY", "0");
        }
    }

    @BeforeEach
    void afresh() {
        breakers.resetAll();
        simulator().reset();
        elevenlabs.cast(HELLO).await().atMost(LIMIT); // the voices of the account are not what is to fail
    }

    private SpeechProvider provider(String name) {
        return Map.of("openai", openai, "elevenlabs", elevenlabs, "azure", azure)
                .get(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "elevenlabs", "azure"})
    void buys_a_real_sound_once_and_books_what_was_charged(String vendor) throws Exception {
        Path file = directory.resolve("voice.wav");

        BigDecimal booked = say(vendor, HELLO, file);

        assertThat(AudioFormat.of(Arrays.copyOf(Files.readAllBytes(file), 16))).contains(AudioFormat.WAV);
        assertThat(simulator().purchases(vendor)).hasSize(1);
        assertThat(booked)
                .isPositive()
                .isEqualByComparingTo(simulator().totals(vendor).charged());
    }

    @ParameterizedTest
    @CsvSource({
        "openai, 400, invalid_value, speech_refused",
        "openai, 401, invalid_api_key, speech_not_set_up",
        "openai, 403, unsupported_country_region_territory, speech_not_set_up",
        "openai, 404, model_not_found, speech_not_set_up",
        "openai, 429, insufficient_quota, speech_credit_used_up",
        "openai, 429, credit_balance_exhausted, speech_credit_used_up",
        "elevenlabs, 400, text_too_long, speech_refused",
        "elevenlabs, 400, invalid_voice_settings, speech_refused",
        "elevenlabs, 400, unsupported_model, speech_not_set_up",
        "elevenlabs, 400, invalid_output_format, speech_refused",
        "elevenlabs, 401, invalid_api_key, speech_not_set_up",
        "elevenlabs, 401, missing_api_key, speech_not_set_up",
        "elevenlabs, 401, quota_exceeded, speech_credit_used_up",
        "elevenlabs, 402, insufficient_credits, speech_credit_used_up",
        "elevenlabs, 403, feature_not_available, speech_not_set_up",
        "elevenlabs, 403, subscription_required, speech_not_set_up",
        "elevenlabs, 403, voice_access_denied, voice_not_found",
        "elevenlabs, 404, voice_not_found, voice_not_found",
        "elevenlabs, 404, model_not_found, speech_not_set_up",
        "elevenlabs, 422, , speech_refused",
        "azure, 400, , voice_not_found",
        "azure, 401, , speech_not_set_up",
        "azure, 403, , speech_credit_used_up",
        "azure, 415, , speech_refused"
    })
    void takes_what_the_page_calls_final_as_final(String vendor, int status, String code, String ours) {
        script(vendor, status + "\",\"times\":9,\"code\":\"" + (code == null ? "" : code));

        Throwable failure = failure(vendor, HELLO);

        assertThat(failure).isInstanceOf(SpeechRefusedException.class);
        assertThat(((SpeechRefusedException) failure).code()).isEqualTo(ours);
        assertThat(simulator().calls(vendor)).filteredOn(this::speaks).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "openai, 408",
        "openai, 409",
        "openai, 429",
        "openai, 500",
        "openai, 502",
        "openai, 503",
        "openai, 504",
        "elevenlabs, 429",
        "elevenlabs, 500",
        "elevenlabs, 502",
        "elevenlabs, 503",
        "elevenlabs, 504",
        "azure, 429",
        "azure, 500",
        "azure, 502",
        "azure, 503",
        "azure, 504"
    })
    void repeats_what_the_page_calls_passing_and_pays_once(String vendor, String status) throws Exception {
        script(vendor, status + "\",\"retry_after\":\"0");

        BigDecimal booked = say(vendor, HELLO, directory.resolve("voice.wav"));

        assertThat(simulator().calls(vendor)).filteredOn(this::speaks).hasSize(2);
        assertThat(booked).isEqualByComparingTo(simulator().totals(vendor).charged());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "elevenlabs", "azure"})
    void does_not_ask_again_when_the_credit_is_used_up(String vendor) {
        script(vendor, "quota\",\"times\":9,\"code\":\"");

        assertThat(((SpeechRefusedException) failure(vendor, HELLO)).code()).isEqualTo("speech_credit_used_up");
        assertThat(simulator().calls(vendor)).filteredOn(this::speaks).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "elevenlabs", "azure"})
    void takes_a_refusal_of_the_content_as_final(String vendor) {
        script(vendor, "refusal");

        assertThat(failure(vendor, HELLO)).isInstanceOf(SpeechRefusedException.class);
        assertThat(simulator().purchases(vendor)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "openai, cut",
        "elevenlabs, cut",
        "azure, cut",
        "openai, wrong_length",
        "elevenlabs, wrong_length",
        "azure, wrong_length"
    })
    void books_a_sound_that_breaks_off_and_does_not_buy_it_again_by_itself(String vendor, String fault) {
        script(vendor, fault + "\",\"times\":9,\"code\":\"");

        ChargedException charged = charged(vendor);

        assertThat(charged).hasCauseInstanceOf(ResultLostException.class);
        assertThat(simulator().purchases(vendor)).hasSize(1);
        if (vendor.equals("openai")) { // how long the sound was by which it bills nobody knows
            assertThat(charged.cost()).isNull();
        } else {
            assertThat(charged.cost())
                    .isEqualByComparingTo(simulator().totals(vendor).charged());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "elevenlabs", "azure"})
    void books_all_of_a_sound_that_lacks_its_end(String vendor) {
        script(vendor, "truncated");

        ChargedException charged = charged(vendor);

        assertThat(charged).hasCauseInstanceOf(ResultLostException.class);
        assertThat(charged.cost())
                .isEqualByComparingTo(simulator().totals(vendor).charged());
    }

    @ParameterizedTest
    @CsvSource({
        "openai, reset_after, 1",
        "elevenlabs, reset_after, 1",
        "azure, reset_after, 1",
        "openai, hang, 0",
        "elevenlabs, hang, 0",
        "azure, hang, 0",
        "openai, html, 0",
        "elevenlabs, html, 0",
        "azure, html, 0",
        "openai, huge, 1",
        "elevenlabs, huge, 1",
        "azure, huge, 1",
        "elevenlabs, 408, 0",
        "elevenlabs, 409, 0",
        "azure, 408, 0",
        "azure, 499, 0"
    })
    void says_so_and_stops_where_nobody_knows_whether_it_was_charged(String vendor, String fault, int purchases) {
        script(vendor, fault + "\",\"times\":9,\"code\":\"");

        ChargedException charged = charged(vendor);

        assertThat(charged.cost()).isNull();
        assertThat(charged).hasCauseInstanceOf(ResultLostException.class);
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(simulator().purchases(vendor)).hasSize(purchases));
        // One that hangs is not in the log yet.
        assertThat(simulator().calls(vendor)).filteredOn(this::speaks).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "elevenlabs", "azure"})
    void sends_its_key_nowhere_else(String vendor) {
        script(vendor, "redirect\",\"location\":\"http://elsewhere.invalid/");

        Throwable failure = failure(vendor, HELLO);

        assertThat(((SpeechRefusedException) failure).code()).isEqualTo("speech_not_set_up");
        assertThat(simulator().calls(vendor)).filteredOn(this::speaks).hasSize(1);
    }

    @Test
    void leaves_a_busy_elevenlabs_to_the_job_after_three_calls() {
        script("elevenlabs", "429\",\"times\":9,\"retry_after\":\"0\",\"code\":\"concurrent_limit_exceeded");

        assertThat(failure("elevenlabs", HELLO)).isInstanceOf(SpeechBusyException.class);
        assertThat(simulator().calls("elevenlabs")).filteredOn(this::speaks).hasSize(3);
    }

    @Test
    void reads_elevenlabs_older_shape_of_errors() {
        script("elevenlabs", "404\",\"shape\":\"old\",\"code\":\"voice_not_found");

        assertThat(((SpeechRefusedException) failure("elevenlabs", HELLO)).code())
                .isEqualTo("voice_not_found");
    }

    @Test
    void finds_elevenlabs_voices_by_their_names_in_the_account() throws Exception {
        say("elevenlabs", new Utterance("Hello", "Adam"), directory.resolve("voice.wav"));

        assertThat(simulator().calls("elevenlabs")).filteredOn(this::speaks).allMatch(call -> call.path()
                .contains("pNInz6obpgDQGcFmaJgB"));
    }

    @Test
    void says_that_azure_found_nothing_to_say() {
        Throwable failure = failure("azure", new Utterance("\u4F60\u597D", "default"));

        assertThat(failure).isInstanceOf(SpeechRefusedException.class).hasMessageContaining("language");
        assertThat(simulator().purchases("azure")).isEmpty();
    }

    @Test
    void says_markup_to_azure_and_does_not_obey_it() throws Exception {
        BigDecimal booked =
                say("azure", new Utterance("Fish & <b>chips</b>", "default"), directory.resolve("voice.wav"));

        assertThat(booked).isEqualByComparingTo(simulator().totals("azure").charged());
    }

    private boolean speaks(io.storyreel.local.simulator.log.CallEntry call) {
        return call.method().equals("POST");
    }

    /** @param fault the name of a fault, and what else is to be in the rule, as JSON without its first and last quote */
    private static void script(String vendor, String fault) {
        simulator().faults("{\"" + vendor + "\":{\"script\":[{\"on\":\"any\",\"fault\":\"" + fault + "\"}]}}");
    }

    private BigDecimal say(String vendor, Utterance line, Path file) {
        SpeechProvider provider = provider(vendor);
        Uni<BigDecimal> said = provider.cast(line).chain(cast -> provider.speak(cast, file, new Departure()));
        return said.await().atMost(LIMIT);
    }

    private ChargedException charged(String vendor) {
        return catchThrowableOfType(ChargedException.class, () -> say(vendor, HELLO, directory.resolve("voice.wav")));
    }

    private Throwable failure(String vendor, Utterance line) {
        Throwable failure = catchThrowable(() -> say(vendor, line, directory.resolve("voice.wav")));
        assertThat(failure).isInstanceOfAny(SpeechRefusedException.class, SpeechUnavailableException.class);
        return failure;
    }
}
