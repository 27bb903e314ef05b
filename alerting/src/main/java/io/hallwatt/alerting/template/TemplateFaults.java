package io.hallwatt.alerting.template;

import java.util.List;

/** A template that cannot be read, with what is wrong in each of its holes, in their order. */
public final class TemplateFaults extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<TemplateFault> all;
    private final transient Template readable;

    /**
     * @param all      at least one
     * @param readable the template without the holes that they are in
     */
    TemplateFaults(List<TemplateFault> all, Template readable) {
        super(all.getFirst().sentence(), null, false, false);
        this.all = List.copyOf(all);
        this.readable = readable;
    }

    /** The template without the holes that cannot be read: there may be faults of another kind in the others. */
    public Template readable() {
        return readable;
    }

    public List<TemplateFault> all() {
        return all;
    }
}
