package dev.demarc.catalogue;

import dev.demarc.json.Json;
import dev.demarc.model.Tier;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who owns what by tier alone: all that can be said of a service type without an entry. {@code source}: the document it follows. */
public record Baseline(List<Area> areas, String source) {

    /** One area of responsibility and its owner in each tier. */
    public record Area(String name, Map<Tier, Responsibility.Owner> owners) {
        /** The customer's when the table says nothing of the tier. */
        public Responsibility.Owner in(Tier tier) {
            return owners.getOrDefault(tier, Responsibility.Owner.CUSTOMER);
        }
    }

    public Baseline {
        areas = List.copyOf(areas);
    }

    static Baseline read(Json json) {
        return new Baseline(
                json.at("areas").elements().stream().map(Baseline::area).toList(),
                json.at("source").textAt("url", ""));
    }

    private static Area area(Json json) {
        Map<Tier, Responsibility.Owner> owners = new EnumMap<>(Tier.class);
        for (Tier tier : Tier.values()) {
            json.at(tier.name())
                    .text()
                    .ifPresent(owner -> owners.put(tier, Responsibility.Owner.valueOf(owner.toUpperCase(Locale.ROOT))));
        }
        return new Area(json.textAt("area", ""), owners);
    }

    /**
     * The areas that the customer owns or shares for a type of which not even the tier is known: those of the tier that leaves the customer
     * the most.
     */
    public List<String> customersWithoutTier() {
        return areas.stream()
                .filter(area -> area.in(Tier.IAAS) != Responsibility.Owner.PROVIDER)
                .map(Area::name)
                .toList();
    }
}
