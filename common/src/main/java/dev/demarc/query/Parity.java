package dev.demarc.query;

import dev.demarc.catalogue.CatalogueEntry;
import dev.demarc.catalogue.Control;
import dev.demarc.catalogue.Responsibility;
import dev.demarc.catalogue.ServiceClass;
import dev.demarc.json.Json;
import dev.demarc.model.ControlId;
import dev.demarc.model.ServiceType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The service types of one class side by side: per control who owns it, what the default is, and how the organisation's own resources stand. */
public record Parity(ServiceClass serviceClass, List<Member> members, List<Line> lines, List<Gap> gaps) {
    public Parity {
        members = List.copyOf(members);
        lines = List.copyOf(lines);
        gaps = List.copyOf(gaps);
    }

    /** A service type of the class; {@code resources} are the live ones in the scope. */
    public record Member(CatalogueEntry entry, long accounts, long resources) {
        public ServiceType serviceType() {
            return entry.serviceType();
        }

        public boolean isInUse() {
            return resources > 0;
        }
    }

    /** One control over all members, in their order. */
    public record Line(Control control, List<Cell> cells) {}

    /** What one member says of one control. {@code state} is there for controls with live resources that it applies to. */
    public record Cell(
            ServiceType serviceType,
            Optional<Responsibility> row,
            Optional<String> notMeaningful,
            boolean documented,
            Optional<State> state) {

        /** CUSTOMER, SHARED, CONDITIONAL, PROVIDER, or NOT_MEANINGFUL. */
        public String owner() {
            return row.map(one -> one.owner().name()).orElse("NOT_MEANINGFUL");
        }

        boolean isCustomers() {
            return row.filter(one -> one.owner() != Responsibility.Owner.PROVIDER)
                    .isPresent();
        }

        private Json json() {
            return Json.object()
                    .with("serviceType", serviceType.name())
                    .with("owner", owner())
                    .with("default", row.map(Responsibility::providerDefault))
                    .with("decided", row.map(one -> one.decision().word()))
                    .with("because", notMeaningful)
                    .with("documented", documented)
                    .withPresent("state", state.map(State::json))
                    .build();
        }
    }

    /** {@code answer}: YES, NO or PARTLY over the resources that the control applies to. */
    public record State(String answer, long compliant, long applicable) {
        private Json json() {
            return Json.object()
                    .with("answer", answer)
                    .with("compliant", compliant)
                    .with("resources", applicable)
                    .build();
        }
    }

    /** A place where two members that look equivalent are not. {@code here} is the one with more to do. */
    public record Gap(
            Kind kind,
            Optional<ControlId> control,
            ServiceType here,
            ServiceType there,
            boolean inUse,
            String sentence,
            List<String> workloads) {
        public Gap {
            workloads = List.copyOf(workloads);
        }

        private Json json() {
            return Json.object()
                    .with("kind", kind.name())
                    .with("control", control.map(ControlId::value))
                    .with("here", here.name())
                    .with("there", there.name())
                    .with("inUse", inUse)
                    .with("sentence", sentence)
                    .with(
                            "workloads",
                            Json.array(workloads.stream().map(Json::of).toList()))
                    .build();
        }
    }

    /** What differs. */
    public enum Kind {
        /** The customer's here, the provider's there. */
        OWNER,
        /** The customer's on both, met by default there and not here. */
        DEFAULT,
        /** Has a meaning here and none there. */
        MEANING,
        /** Both in use; documented there and not here. */
        DOCUMENTATION,
        /** Both in use; implemented on every resource there and not here. */
        STATE,
        /** One workload uses both, so that it relies on them being alike in the controls that differ. */
        ASSUMED_EQUIVALENCE
    }

    public Json json() {
        return Json.object()
                .with("class", serviceClass.id())
                .with("title", serviceClass.title())
                .with("leadPattern", serviceClass.leadPattern())
                .with("members", Json.array(members.stream().map(Parity::json).toList()))
                .with("controls", Json.array(lines.stream().map(Parity::json).toList()))
                .with("gaps", Json.array(gaps.stream().map(Gap::json).toList()))
                .build();
    }

    private static Json json(Member member) {
        return Json.object()
                .with("serviceType", member.serviceType().name())
                .with("provider", member.entry().provider().word())
                .with("tier", member.entry().tier().name())
                .with("name", member.entry().name())
                .with("accounts", member.accounts())
                .with("resources", member.resources())
                .build();
    }

    private static Json json(Line line) {
        return Json.object()
                .with("control", line.control().id().value())
                .with("title", line.control().title())
                .with("pattern", line.control().pattern().toLowerCase(Locale.ROOT))
                .with(
                        "members",
                        Json.array(line.cells().stream().map(Cell::json).toList()))
                .build();
    }
}
