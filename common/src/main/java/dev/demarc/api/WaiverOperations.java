package dev.demarc.api;

import dev.demarc.govern.Waiver;
import dev.demarc.govern.WaiverJson;
import dev.demarc.govern.WaiverRequest;
import dev.demarc.govern.Waivers;
import dev.demarc.json.Json;
import dev.demarc.model.ServiceType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Waivers: asked for, decided, revoked, extended; every step names the revision it is about. */
final class WaiverOperations {
    private static final int TEXT = 2000;

    private final Waivers waivers;
    private final WaiverUrgency urgency;
    private final Listing listing;

    WaiverOperations(Waivers waivers, WaiverUrgency urgency, Listing listing) {
        this.waivers = waivers;
        this.urgency = urgency;
        this.listing = listing;
    }

    List<Operation> all() {
        return List.of(
                Operation.read(
                        "listWaivers",
                        "/v1/waivers",
                        Operation.EVERYONE,
                        List.of(Parameter.names("status", Waiver.Status.class), Listing.SIZE, Listing.TOKEN),
                        this::list),
                Operation.change("requestWaiver", "POST", "/v1/waivers", Operation.APPROVERS, this::request),
                Operation.read("readWaiver", "/v1/waivers/{id}", Operation.EVERYONE, List.of(), this::one),
                Operation.read(
                        "readWaiverHistory", "/v1/waivers/{id}/history", Operation.EVERYONE, List.of(), this::history),
                Operation.change(
                        "approveWaiver", "POST", "/v1/waivers/{id}/approve", Operation.APPROVERS, this::approve),
                Operation.change("rejectWaiver", "POST", "/v1/waivers/{id}/reject", Operation.APPROVERS, this::reject),
                Operation.change("revokeWaiver", "POST", "/v1/waivers/{id}/revoke", Operation.APPROVERS, this::revoke),
                Operation.change("extendWaiver", "POST", "/v1/waivers/{id}/extend", Operation.APPROVERS, this::extend));
    }

    private ApiResponse list(Call call) {
        Set<String> wanted = call.parameters().set("status");
        String after = listing.position(call).orElse("");
        List<Waiver> page = waivers.list(call.scope()).stream()
                .filter(one -> wanted.isEmpty() || wanted.contains(one.status().name()))
                .filter(one -> one.id().compareTo(after) > 0)
                .sorted(Comparator.comparing(Waiver::id))
                .limit(Listing.size(call) + 1L)
                .toList();
        return listing.page(call, "waivers", page, WaiverJson::write, Waiver::id);
    }

    private ApiResponse one(Call call) {
        return tagged(call, 200, find(call));
    }

    private ApiResponse history(Call call) {
        List<Waiver> revisions = waivers.history(call.scope(), call.id());
        if (revisions.isEmpty()) {
            throw Refusal.notFound();
        }
        return ApiResponse.json(Json.object()
                .with(
                        "revisions",
                        Json.array(revisions.stream().map(WaiverJson::write).toList()))
                .build());
    }

    private ApiResponse request(Call call) {
        BodyReader body = new BodyReader(call.body());
        BodyReader about = body.object("subject");
        Waiver.Subject subject = new Waiver.Subject(
                about.control("control"),
                about.optionalText("resource", TEXT),
                about.account("account"),
                about.optionalText("serviceType", TEXT).map(ServiceType::new));
        urgency.known(call, about, subject);
        about.known();
        WaiverRequest request = new WaiverRequest(
                subject,
                body.text("owner", TEXT),
                body.text("reason", TEXT),
                Optional.of(body.choice("decision", Waiver.Decision.class)),
                body.optionalText("compensatingControl", TEXT).orElse(""),
                Optional.of(body.time("expiresAt")));
        body.finish();
        String id = Idempotency.id(call)
                .map(key -> "w-" + key)
                .orElseGet(() -> Waivers.idOf(call.scope(), request, call.now()));
        Waiver made = Idempotency.made(
                call,
                () -> waivers.find(call.scope(), id),
                Waiver::requestedAt,
                () -> Rulings.made(
                        waivers.request(call.scope(), id, request, urgency.terms(call, subject), call.now())));
        return tagged(call, 201, made).with("location", "/v1/waivers/" + id);
    }

    private ApiResponse approve(Call call) {
        Waiver waiver = current(call);
        call.noBody();
        return tagged(
                call,
                200,
                Rulings.value(waivers.approve(
                        call.scope(),
                        waiver.id(),
                        waiver.revision(),
                        urgency.terms(call, waiver.subject()),
                        call.now())));
    }

    private ApiResponse reject(Call call) {
        Waiver waiver = current(call);
        String note = note(call);
        return tagged(
                call,
                200,
                Rulings.value(waivers.reject(call.scope(), waiver.id(), waiver.revision(), note, call.now())));
    }

    private ApiResponse revoke(Call call) {
        Waiver waiver = current(call);
        String note = note(call);
        return tagged(
                call,
                200,
                Rulings.value(waivers.revoke(call.scope(), waiver.id(), waiver.revision(), note, call.now())));
    }

    private ApiResponse extend(Call call) {
        Waiver waiver = current(call);
        BodyReader body = new BodyReader(call.body());
        Instant until = body.time("expiresAt");
        String reason = body.text("reason", TEXT);
        body.finish();
        return tagged(
                call,
                200,
                Rulings.value(waivers.extend(
                        call.scope(),
                        waiver.id(),
                        waiver.revision(),
                        Optional.of(until),
                        reason,
                        urgency.terms(call, waiver.subject()),
                        call.now())));
    }

    private static String note(Call call) {
        BodyReader body = new BodyReader(call.body());
        String note = body.text("note", TEXT);
        body.finish();
        return note;
    }

    private Waiver find(Call call) {
        return waivers.find(call.scope(), call.id()).orElseThrow(Refusal::notFound);
    }

    /** The waiver at the revision that the caller names. */
    private Waiver current(Call call) {
        Waiver waiver = find(call);
        Conditions.decision(call, tag(call, waiver));
        return waiver;
    }

    private static String tag(Call call, Waiver waiver) {
        return EntityTags.of(call.scope(), "waiver", waiver.id(), waiver.revision());
    }

    private static ApiResponse tagged(Call call, int status, Waiver waiver) {
        return ApiResponse.json(status, WaiverJson.write(waiver)).with("etag", tag(call, waiver));
    }
}
