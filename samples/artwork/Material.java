package artwork;

/**
 * What a surface is made of.
 *
 * @param pigment colour of the body, by place
 * @param gloss share of light the coat reflects head-on: 0 matt, 0.04 glaze, higher looks lacquered
 * @param roughness 0 mirror, 1 no highlight left
 * @param metal reflects in its own colour and has no body colour
 */
record Material(Pigment pigment, double gloss, double roughness, boolean metal) {

    interface Pigment {
        Vec at(double x, double y, double z);
    }

    static Material matt(Vec colour) {
        return new Material((x, y, z) -> colour, 0, 1, false);
    }

    static Material glazed(Pigment pigment, double roughness) {
        return new Material(pigment, 0.045, roughness, false);
    }

    static Material glazed(Vec colour, double roughness) {
        return glazed((x, y, z) -> colour, roughness);
    }

    static Material metal(Vec colour, double roughness) {
        return new Material((x, y, z) -> colour, 1, roughness, true);
    }
}
