package io.hallwatt.ingest.simulate.weather;

import static java.lang.StrictMath.asin;
import static java.lang.StrictMath.atan2;
import static java.lang.StrictMath.cos;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.sin;
import static java.lang.StrictMath.tan;
import static java.lang.StrictMath.toDegrees;
import static java.lang.StrictMath.toRadians;

/**
 * Where the sun stands, without refraction: NOAA's low-accuracy formula after Meeus, good to about 0.01° for a century around 2000.
 *
 * @param declinationDegrees    north positive
 * @param equationOfTimeMinutes sundial ahead of the clock: positive
 * @param hourAngleDegrees      0 at solar noon, afternoon positive, in [−180, 180)
 * @param elevationDegrees      above the horizon
 * @param azimuthDegrees        from north, clockwise, in [0, 360)
 */
public record Sun(
        double declinationDegrees,
        double equationOfTimeMinutes,
        double hourAngleDegrees,
        double elevationDegrees,
        double azimuthDegrees) {

    /**
     * @param epochSeconds     UTC
     * @param latitudeDegrees  north positive
     * @param longitudeDegrees east positive
     */
    public static Sun at(double epochSeconds, double latitudeDegrees, double longitudeDegrees) {
        double t = (epochSeconds / 86_400 + 2_440_587.5 - 2_451_545) / 36_525; // Julian centuries since J2000
        double meanLongitude = toRadians((280.46646 + t * (36_000.76983 + 0.0003032 * t)) % 360);
        double anomaly = toRadians(357.52911 + t * (35_999.05029 - 0.0001537 * t));
        double eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
        double centre = sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
                + sin(2 * anomaly) * (0.019993 - 0.000101 * t)
                + sin(3 * anomaly) * 0.000289;
        double node = toRadians(125.04 - 1934.136 * t);
        double longitude = meanLongitude + toRadians(centre - 0.00569 - 0.00478 * sin(node));
        double obliquity = toRadians(23
                + (26 + (21.448 - t * (46.815 + t * (0.00059 - 0.001813 * t))) / 60) / 60
                + 0.00256 * cos(node));
        double declination = asin(sin(obliquity) * sin(longitude));

        double y = tan(obliquity / 2) * tan(obliquity / 2);
        double equationOfTime = 4
                * toDegrees(y * sin(2 * meanLongitude)
                        - 2 * eccentricity * sin(anomaly)
                        + 4 * eccentricity * y * sin(anomaly) * cos(2 * meanLongitude)
                        - 0.5 * y * y * sin(4 * meanLongitude)
                        - 1.25 * eccentricity * eccentricity * sin(2 * anomaly));

        double utcMinutes = floorMod(epochSeconds / 60, 1440);
        double solarMinutes = floorMod(utcMinutes + equationOfTime + 4 * longitudeDegrees, 1440);
        double hourAngle = toRadians(solarMinutes / 4 - 180);
        double latitude = toRadians(latitudeDegrees);
        double elevation = asin(sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hourAngle));
        double azimuth =
                toDegrees(atan2(sin(hourAngle), cos(hourAngle) * sin(latitude) - tan(declination) * cos(latitude)))
                        + 180;
        return new Sun(
                toDegrees(declination),
                equationOfTime,
                toDegrees(hourAngle),
                toDegrees(elevation),
                floorMod(azimuth, 360));
    }

    /** Global horizontal irradiance under a clear sky, W/m² (Haurwitz 1945, as in pvlib); 0 with the sun below the horizon. */
    public double clearSkyWattsPerSquareMetre() {
        double cosZenith = sin(toRadians(elevationDegrees));
        return cosZenith <= 0 ? 0 : 1098 * cosZenith * exp(-0.059 / cosZenith);
    }

    private static double floorMod(double x, double modulus) {
        return x - Math.floor(x / modulus) * modulus;
    }
}
