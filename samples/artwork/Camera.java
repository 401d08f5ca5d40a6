package artwork;

/**
 * A thin lens.
 *
 * @param view height of the view in degrees
 * @param aperture radius of the lens in decimetres: what is not at the target's distance blurs
 */
record Camera(Vec place, Vec target, double view, double aperture) {

    record Ray(Vec from, Vec direction) {}

    /** The ray through a place of the picture: x and y from -0.5 to 0.5 of its height, y upwards. */
    Ray ray(double x, double y, double lensX, double lensY) {
        Vec axis = target.minus(place);
        double focus = axis.length();
        Vec forward = axis.unit();
        Vec right = forward.cross(Math.abs(forward.y()) > 0.999 ? Vec.of(0, 0, -1) : Vec.of(0, 1, 0)).unit();
        Vec up = right.cross(forward);
        double scale = 2 * Math.tan(Math.toRadians(view / 2)) * focus;
        Vec sharp = target.plus(right.times(x * scale)).plus(up.times(y * scale));
        double radius = aperture * Math.sqrt(lensX);
        double angle = 2 * Math.PI * lensY;
        Vec from = place.plus(right.times(radius * Math.cos(angle))).plus(up.times(radius * Math.sin(angle)));
        return new Ray(from, sharp.minus(from).unit());
    }
}
