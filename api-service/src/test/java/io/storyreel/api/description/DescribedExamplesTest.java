package io.storyreel.api.description;

import com.fasterxml.jackson.databind.JsonNode;
import io.storyreel.common.storyboard.StoryboardRules;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

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
                .forEach(example ->
                        flaws.addAll(DescribedValue.flaws(api, schema.getKey(), example, schema.getValue()))));

        assertThat(flaws).isEmpty();
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
