package artwork;

import java.util.ArrayList;
import java.util.List;

/** Bodies, and the light they stand in. */
final class Stage {

    /** Light from beyond the bodies, by direction. */
    interface Sky {

        /** @param mirrored whether a reflection asks: lamps and panes shown to reflections only cost no noise elsewhere */
        Vec from(Vec direction, boolean mirrored);
    }

    /** The share of sunlight that passes at a place: blinds, leaves, a window's frame. */
    interface Shade {
        double passing(Vec place);
    }

    record Body(Shape shape, Material material, Vec centre, double reach) {}

    private static final double CLOSE_TO_BOUNDS = 0.15;

    final Vec towardsSun;
    final Vec sunlight;
    final double sunWidth;
    final Sky sky;
    private final List<Body> bodies = new ArrayList<>();
    private Body[] fast = {};
    private Shade shade = place -> 1;

    /** @param sunWidth radius of the sun as a share of its distance: 0.02 gives crisp shadows, 0.2 soft ones */
    Stage(Vec towardsSun, Vec sunlight, double sunWidth, Sky sky) {
        this.towardsSun = towardsSun.unit();
        this.sunlight = sunlight;
        this.sunWidth = sunWidth;
        this.sky = sky;
    }

    /** A body without bounds, such as a floor. */
    Stage add(Shape shape, Material material) {
        return add(shape, material, Vec.BLACK, 1e6);
    }

    /** A body inside a ball, which lets most rays pass it by cheaply. */
    Stage add(Shape shape, Material material, Vec centre, double reach) {
        bodies.add(new Body(shape, material, centre, reach));
        fast = bodies.toArray(Body[]::new);
        return this;
    }

    Stage shadedBy(Shade newShade) {
        shade = newShade;
        return this;
    }

    double sunPassing(Vec place) {
        return shade.passing(place);
    }

    double distance(double x, double y, double z) {
        double nearest = 1e9;
        for (Body body : fast) {
            double toBounds = toBounds(body, x, y, z);
            if (toBounds < nearest) {
                double own = toBounds > CLOSE_TO_BOUNDS ? toBounds : body.shape.distance(x, y, z);
                nearest = Math.min(nearest, own);
            }
        }
        return nearest;
    }

    Body bodyAt(Vec place) {
        Body found = fast[0];
        double nearest = 1e9;
        for (Body body : fast) {
            if (toBounds(body, place.x(), place.y(), place.z()) <= CLOSE_TO_BOUNDS) {
                double own = body.shape.distance(place.x(), place.y(), place.z());
                if (own < nearest) {
                    nearest = own;
                    found = body;
                }
            }
        }
        return found;
    }

    private static double toBounds(Body body, double x, double y, double z) {
        double dx = x - body.centre.x();
        double dy = y - body.centre.y();
        double dz = z - body.centre.z();
        return Math.sqrt(dx * dx + dy * dy + dz * dz) - body.reach;
    }
}
