package io.storyreel.common.scene;

/**
 * The content of a scene, and which wish each part of it goes back to. The wishes of a project are numbered from 1;
 * 0 says that the part was never wished for. Pictures take a while, so what is wished earlier may arrive later: whatever
 * the order of arrival, the latest wish counts, and for each part by itself.
 */
public record WishedContent(SceneContent content, int imageWish, int descriptionWish) {

    static WishedContent ofDescription(String description, int wish) {
        return new WishedContent(new SceneContent(null, null, description), 0, wish);
    }

    /** Both parts at once. */
    static WishedContent whole(SceneContent content, int wish) {
        return new WishedContent(content, wish, wish);
    }

    /** The same with its picture, now that it is made. */
    WishedContent showing(String imageUrl) {
        SceneContent made = new SceneContent(imageUrl, content.imagePrompt(), content.description());
        return new WishedContent(made, imageWish, descriptionWish);
    }

    /** This and what has arrived, put together. */
    WishedContent with(WishedContent arrived) {
        WishedContent picture = arrived.imageWish > imageWish ? arrived : this;
        WishedContent words = arrived.descriptionWish > descriptionWish ? arrived : this;
        SceneContent together = new SceneContent(
                picture.content.imageUrl(), picture.content.imagePrompt(), words.content.description());
        return new WishedContent(together, picture.imageWish, words.descriptionWish);
    }

    /** This, and of {@code scene} what was never wished for here. */
    WishedContent over(WishedContent scene) {
        return descriptionWish > 0
                ? this
                : new WishedContent(
                        new SceneContent(content.imageUrl(), content.imagePrompt(), scene.content.description()),
                        imageWish,
                        scene.descriptionWish);
    }
}
