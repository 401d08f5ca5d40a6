package io.storyreel.api.description;

import com.fasterxml.jackson.databind.JsonNode;
import io.storyreel.common.storyboard.StoryboardRules;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import static io.storyreel.api.description.ApiDescription.members;
import static org.assertj.core.api.Assertions.assertThat;

/** Examples and numbers of the description, against the rest of it and against the rules. */
class DescribedExamplesTest {
    private final ApiDescription api = ApiDescription.kept();

    @Test
    void examples_are_what_their_schema_describes() {
        List<String> flaws = new ArrayList<>();
        members(api.schemas()).forEach(schema -> schema.getValue()
                .path("examples")
                .forEach(example -> compare(schema.getKey(), example, schema.getValue(), flaws)));

        assertThat(flaws).isEmpty();
    }

    private void compare(String name, JsonNode value, JsonNode described, List<String> flaws) {
        JsonNode schema = api.resolved(described);
        if (value.isObject() && schema.has("properties")) {
            members(value).forEach(member -> {
                JsonNode property = schema.get("properties").get(member.getKey());
                if (property == null) {
                    flaws.add(name + "." + member.getKey() + " is not described");
                } else if (!member.getValue().isNull()) {
                    compare(name + "." + member.getKey(), member.getValue(), property, flaws);
                }
            });
            schema.path("required").forEach(field -> {
                if (!value.has(field.asText())) {
                    flaws.add(name + "." + field.asText() + " is missing");
                }
            });
        } else if (value.isObject() && schema.has("additionalProperties")) {
            members(value)
                    .forEach(member -> compare(
                            name + "." + member.getKey(),
                            member.getValue(),
                            schema.get("additionalProperties"),
                            flaws));
        } else if (value.isArray()) {
            value.forEach(item -> compare(name + "[]", item, schema.path("items"), flaws));
        } else if (!fits(value, schema)) {
            flaws.add(name + " = " + value);
        }
    }

    private static boolean fits(JsonNode value, JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "integer" -> value.isIntegralNumber() && isWithin(value, schema);
            case "number" -> value.isNumber() && isWithin(value, schema);
            case "boolean" -> value.isBoolean();
            case "object", "array" -> false;
            case "string" -> hasForm(value.asText(), schema);
            default -> true;
        };
    }

    private static boolean isWithin(JsonNode value, JsonNode schema) {
        return value.asDouble() >= schema.path("minimum").asDouble(-Double.MAX_VALUE)
                && value.asDouble() <= schema.path("maximum").asDouble(Double.MAX_VALUE);
    }

    private static boolean hasForm(String text, JsonNode schema) {
        List<String> choice = new ArrayList<>();
        schema.path("enum").forEach(one -> choice.add(one.asText()));
        return (choice.isEmpty() || choice.contains(text))
                && text.length() >= schema.path("minLength").asInt(0)
                && text.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
                && (!schema.has("pattern")
                        || Pattern.matches(schema.get("pattern").asText(), text));
    }

    @Test
    void numbers_are_those_of_the_rules() {
        JsonNode scene = api.schema("Scene").get("properties");
        assertThat(scene.at("/duration/minimum").asDouble()).isEqualTo(StoryboardRules.MIN_SECONDS);
        assertThat(scene.at("/duration/maximum").asDouble()).isEqualTo(StoryboardRules.MAX_SECONDS);
        assertThat(scene.at("/image_prompt/minLength").asInt()).isEqualTo(StoryboardRules.MIN_PROMPT);
        assertThat(scene.at("/image_prompt/maxLength").asInt()).isEqualTo(StoryboardRules.MAX_PROMPT);
        assertThat(scene.at("/description/maxLength").asInt()).isEqualTo(StoryboardRules.MAX_DESCRIPTION);
        assertThat(scene.at("/image_url/maxLength").asInt()).isEqualTo(StoryboardRules.MAX_URL);
        JsonNode line = api.schema("ScriptLine").get("properties");
        assertThat(line.at("/text/maxLength").asInt()).isEqualTo(StoryboardRules.MAX_TEXT);
        assertThat(line.at("/voice/maxLength").asInt()).isEqualTo(StoryboardRules.MAX_VOICE);
        JsonNode project = api.schema("ProjectRequest").get("properties");
        assertThat(project.at("/storyboard/maxItems").asInt()).isEqualTo(StoryboardRules.MAX_SCENES);
        assertThat(project.at("/script/maxItems").asInt()).isEqualTo(StoryboardRules.MAX_LINES);
        assertThat(project.at("/target_duration/maximum").asDouble()).isEqualTo(StoryboardRules.MAX_TOTAL_SECONDS);
    }
}
