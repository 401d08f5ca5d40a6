package io.storyreel.api.storyboard;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FailedSceneTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "storyboard[scene_index=12].image_url: the file is no picture | 12",
                "Scene 3: RunwayML cannot use the scene's picture | 3",
                "No voice for script[1].text (scene 2): no such voice | 2",
                "The database cannot be reached | 0",
                "3 scenes have no picture | 0",
                "scene 99999999999999999999 | 0",
                "'' | 0"
            })
    void finds_the_scene_that_a_message_names(String message, int scene) {
        assertThat(FailedScene.of(message)).isEqualTo(scene);
    }
}
