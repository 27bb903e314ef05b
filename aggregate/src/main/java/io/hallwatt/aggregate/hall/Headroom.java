package io.hallwatt.aggregate.hall;

/**
 * What a hall could take more, and what of it cannot be used because another constraint binds first. Watts.
 *
 * @param rack    sum over racks of what each could draw more, ≥ 0
 * @param power   what the distribution could give more
 * @param cooling what cooling could carry more with its largest unit away
 */
record Headroom(double rack, double power, double cooling) {
    /** In the order that decides between equal ones. */
    enum Constraint {
        RACK,
        POWER,
        COOLING
    }

    double usable() {
        return Math.max(0, Math.min(rack, Math.min(power, cooling)));
    }

    double of(Constraint constraint) {
        return switch (constraint) {
            case RACK -> rack;
            case POWER -> power;
            case COOLING -> cooling;
        };
    }

    double stranded(Constraint constraint) {
        return Math.max(0, of(constraint)) - usable();
    }

    Constraint binding() {
        Constraint binding = Constraint.RACK;
        for (Constraint constraint : Constraint.values()) {
            binding = of(constraint) < of(binding) ? constraint : binding;
        }
        return binding;
    }
}
