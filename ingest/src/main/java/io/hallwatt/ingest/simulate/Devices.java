package io.hallwatt.ingest.simulate;

import io.hallwatt.contract.site.CoolingUnit;
import io.hallwatt.contract.site.Hall;
import io.hallwatt.contract.site.Rack;
import io.hallwatt.contract.site.Site;
import io.hallwatt.contract.site.SupplySource;
import io.hallwatt.ingest.simulate.noise.Noise;
import io.hallwatt.ingest.simulate.scenario.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The site's devices by number: racks first, then cooling units, then sources, each in the site file's order. */
final class Devices {
    final Site site;
    final List<Hall> halls;
    final List<Rack> racks = new ArrayList<>();
    final List<CoolingUnit> units = new ArrayList<>();
    final List<SupplySource> sources;
    final int[] hallOfRack;
    final int[] hallOfUnit;
    private final Map<String, Integer> byName = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    Devices(Site site) {
        this.site = site;
        this.halls = site.halls();
        this.sources = site.sources();
        this.hallOfRack = new int[site.rackCount()];
        this.hallOfUnit =
                new int[halls.stream().mapToInt(h -> h.coolingUnits().size()).sum()];
        for (int h = 0; h < halls.size(); h++) {
            for (Rack rack : halls.get(h).racks()) {
                hallOfRack[racks.size()] = h;
                racks.add(rack);
                name(halls.get(h).id() + "/" + rack.id());
            }
        }
        for (int h = 0; h < halls.size(); h++) {
            for (CoolingUnit unit : halls.get(h).coolingUnits()) {
                hallOfUnit[units.size()] = h;
                units.add(unit);
                name(halls.get(h).id() + "/" + unit.id());
            }
        }
        sources.forEach(source -> name(source.id().text()));
    }

    int count() {
        return names.size();
    }

    boolean isRack(int device) {
        return device < racks.size();
    }

    boolean isUnit(int device) {
        return device >= racks.size() && device < racks.size() + units.size();
    }

    /** Place in {@link #units} or {@link #sources} of a device that is one. */
    int unit(int device) {
        return device - racks.size();
    }

    int source(int device) {
        return device - racks.size() - units.size();
    }

    String name(int device) {
        return names.get(device);
    }

    /** Numbers of a target's devices. */
    int[] of(Target target) {
        return target.devices().stream()
                .mapToInt(name -> byName.getOrDefault(name, -1))
                .filter(i -> i >= 0)
                .toArray();
    }

    /** Tells sites apart whose registers could not go on from one another. */
    long fingerprint() {
        long hash = Noise.seed(0, site.id().text());
        for (int i = 0; i < count(); i++) {
            hash = Noise.seed(hash, names.get(i));
        }
        for (Rack rack : racks) {
            hash = Noise.mix(hash ^ rack.registerModulusMilliwattHours());
        }
        return hash;
    }

    private void name(String name) {
        byName.put(name, names.size());
        names.add(name);
    }
}
