package io.storyreel.api.description;

import io.storyreel.api.provider.ProviderChains;
import io.storyreel.common.storyboard.BackgroundMusic;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.StoryboardRules;
import io.storyreel.common.webhook.WebhookEvent;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Limits and defaults of a storyboard, whose records know nothing of HTTP. */
final class BodyLimits {
    private static final String EVENT = "SubscribableEvent";

    private BodyLimits() {}

    static void describe(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        describeScene(schemas.get("Scene"));
        describeLine(schemas.get("ScriptLine"));
        describeMusic(schemas.get("BackgroundMusic"));
        describeOutput(schemas.get("OutputSpec"), OutputSpec.DEFAULT);
        List.of("PlanRequest", "RenderRequest")
                .forEach(name ->
                        property(schemas.get(name), "fallback").getItems().maxLength(ProviderChains.LONGEST_NAME));
        property(schemas.get("WebhookEndpointRequest"), "events")
                .setItems(OASFactory.createSchema().ref(EVENT));
        document.getComponents()
                .addSchema("ProjectPatch", patchOf(schemas.get("ProjectRequest")))
                .addSchema(
                        EVENT,
                        OASFactory.createSchema()
                                .type(List.of(Schema.SchemaType.STRING))
                                .enumeration(List.copyOf(WebhookEvent.subscribable())));
        hideJsonReader(document);
    }

    /** What the JSON reader calls its nodes is nobody's business, and generated clients have their own. */
    private static void hideJsonReader(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        schemas.get("RawResult")
                .addProperty("extra", OASFactory.createSchema().description("As the provider sent it: any JSON"));
        document.getComponents().removeSchema("JsonNode");
        document.getComponents().removeSchema("JsonNodeType");
    }

    private static void describeScene(Schema scene) {
        scene.setRequired(List.of("scene_index", "duration"));
        property(scene, "scene_index")
                .description("Unique; the order of the scenes")
                .minimum(BigDecimal.ONE);
        text(scene, "image_url", 1, StoryboardRules.MAX_URL)
                .description("http(s) address or asset:// reference; without it, image_prompt is needed");
        text(scene, "image_prompt", StoryboardRules.MIN_PROMPT, StoryboardRules.MAX_PROMPT)
                .description("What the picture is to show, where there is none yet");
        seconds(scene).description("Seconds");
        text(scene, "description", 0, StoryboardRules.MAX_DESCRIPTION).description("For people");
        text(scene, "motion_prompt", 0, StoryboardRules.MAX_DESCRIPTION).description("What moves in a generated clip");
    }

    private static void describeLine(Schema line) {
        line.setRequired(List.of("text"));
        text(line, "text", 1, StoryboardRules.MAX_TEXT);
        text(line, "voice", 1, StoryboardRules.MAX_VOICE).defaultValue(ScriptLine.DEFAULT_VOICE);
        seconds(line).description("Seconds for the speech; null for as long as it takes");
        property(line, "scene_index")
                .description("The scene it belongs to; null for the one of the same position")
                .minimum(BigDecimal.ONE);
    }

    private static void describeMusic(Schema music) {
        music.setRequired(List.of("url"));
        text(music, "url", 1, StoryboardRules.MAX_URL).description("http(s) address or asset:// reference");
        property(music, "volume")
                .minimum(BigDecimal.ZERO)
                .maximum(BigDecimal.ONE)
                .defaultValue(BackgroundMusic.DEFAULT_VOLUME);
        property(music, "duck_during_voice").defaultValue(true);
    }

    private static void describeOutput(Schema output, OutputSpec defaults) {
        property(output, "fps")
                .enumeration(OutputSpec.FRAME_RATES.stream()
                        .sorted()
                        .map(Object.class::cast)
                        .toList())
                .defaultValue(defaults.fps());
        property(output, "burn_captions").defaultValue(defaults.burnCaptions());
    }

    /** All of its fields, none of which has to be there. */
    private static Schema patchOf(Schema project) {
        return OASFactory.createSchema()
                .type(project.getType())
                .description("The fields to change (JSON merge patch, RFC 7396): null takes one back to its default")
                .properties(project.getProperties());
    }

    private static Schema text(Schema owner, String name, int least, int most) {
        return property(owner, name).minLength(least).maxLength(most);
    }

    private static Schema seconds(Schema owner) {
        return property(owner, "duration")
                .minimum(BigDecimal.valueOf(StoryboardRules.MIN_SECONDS))
                .maximum(BigDecimal.valueOf(StoryboardRules.MAX_SECONDS));
    }

    private static Schema property(Schema owner, String name) {
        return owner.getProperties().get(name);
    }
}
