package io.hallwatt.contract.site;

/** Classes of air at the equipment inlet, ASHRAE TC 9.9, dry bulb °C. */
public enum AshraeClass {
    A1(18, 27, 15, 32),
    A2(18, 27, 10, 35),
    A3(18, 27, 5, 40),
    A4(18, 27, 5, 45),
    /** Dense air-cooled equipment. */
    H1(18, 22, 15, 25);

    private final double recommendedMin;
    private final double recommendedMax;
    private final double allowableMin;
    private final double allowableMax;

    AshraeClass(double recommendedMin, double recommendedMax, double allowableMin, double allowableMax) {
        this.recommendedMin = recommendedMin;
        this.recommendedMax = recommendedMax;
        this.allowableMin = allowableMin;
        this.allowableMax = allowableMax;
    }

    public double recommendedMinCelsius() {
        return recommendedMin;
    }

    public double recommendedMaxCelsius() {
        return recommendedMax;
    }

    public double allowableMinCelsius() {
        return allowableMin;
    }

    public double allowableMaxCelsius() {
        return allowableMax;
    }
}
