package io.storyreel.worker.render;

import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.run.JobRun;

import java.util.ArrayList;
import java.util.List;

/**
 * One run of one render: what all its stages share.
 *
 * @param chain who makes the clips: the first, and whom a scene goes to when the one before is broken; empty where one renderer makes the whole video
 */
record Render(JobRun run, Storyboard storyboard, List<ClipProvider> chain, RenderFiles files, RenderProgress progress) {

    /**
     * A line and the scene over which it is spoken.
     *
     * @param line its place in the script, from 0
     */
    record Spoken(int line, int sceneIndex, ScriptLine text) {}

    /** The lines in the order of their scenes. */
    List<Spoken> spoken() {
        List<Spoken> spoken = new ArrayList<>();
        for (int i = 0; i < storyboard.scenes().size(); i++) {
            ScriptLine text = storyboard.lineOfSceneAt(i);
            if (text != null) {
                spoken.add(new Spoken(
                        storyboard.script().indexOf(text),
                        storyboard.scenes().get(i).sceneIndex(),
                        text));
            }
        }
        return spoken;
    }

    int sceneCount() {
        return storyboard.scenes().size();
    }

    /** Where the finished file of this name is kept. */
    String key(String fileName) {
        return ObjectKeys.render(run.job().id(), fileName);
    }
}
