package io.hallwatt.ingest.simulate.noise;

/**
 * Numbers that look random and are a function of (seed, index). Bits are SplitMix64's (Steele, Lea, Flood: "Fast splittable pseudorandom number
 * generators", 2014). Everything is computed with {@link StrictMath} or plain arithmetic, so that every machine gives the same.
 */
public final class Noise {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double ROOT_OF_THREE = Math.sqrt(3);

    private Noise() {}

    /** SplitMix64's mixing: every bit of the result depends on every bit of {@code z}. */
    public static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    /** 64 bits for an index. */
    public static long bits(long seed, long index) {
        return mix(seed + index * GOLDEN);
    }

    /** A seed of its own for a named thing. */
    public static long seed(long seed, String name) {
        long hash = mix(seed + GOLDEN);
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash ^ (name.charAt(i) * GOLDEN));
        }
        return hash;
    }

    /** Uniform in [0, 1). */
    public static double unit(long seed, long index) {
        return (bits(seed, index) >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [least, most). */
    public static double between(long seed, long index, double least, double most) {
        return least + (most - least) * unit(seed, index);
    }

    /** Near normal, mean 0, variance 1, within ±3.47: the sum of four uniforms of 16 bits. */
    public static double normal(long seed, long index) {
        long bits = bits(seed, index);
        double sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
        return (sum / 65_536 - 2) * ROOT_OF_THREE;
    }

    /**
     * AR(1) with variance 1, x_i = φ·x_(i−1) + √(1−φ²)·ε_i, as the sum of its last {@code terms} shocks, so that no past need be kept. Choose
     * {@code terms} so that φ^terms is small.
     */
    public static double remembering(long seed, long index, double phi, int terms) {
        double sum = 0;
        double weight = Math.sqrt(1 - phi * phi);
        for (int k = 0; k < terms; k++) {
            sum += weight * normal(seed, index - k);
            weight *= phi;
        }
        return sum;
    }

    /** A smooth curve within [−1, 1] that goes through a random value every {@code period}; its slope is continuous. */
    public static double wander(long seed, double t, double period) {
        double x = t / period;
        double knot = Math.floor(x);
        double from = knotValue(seed, (long) knot);
        double to = knotValue(seed, (long) knot + 1);
        double f = x - knot;
        return from + (to - from) * f * f * (3 - 2 * f);
    }

    /** The slope of {@link #wander}, per unit of {@code t}: at most 3/period in size. */
    public static double wanderSlope(long seed, double t, double period) {
        double x = t / period;
        double knot = Math.floor(x);
        double from = knotValue(seed, (long) knot);
        double to = knotValue(seed, (long) knot + 1);
        double f = x - knot;
        return (to - from) * 6 * f * (1 - f) / period;
    }

    private static double knotValue(long seed, long knot) {
        return 2 * unit(seed, knot) - 1;
    }
}
