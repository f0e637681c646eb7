package dev.demarc.api;

import dev.demarc.govern.RegisterVersion;
import dev.demarc.govern.RegisterVersions;
import dev.demarc.json.Json;
import dev.demarc.register.RegisterDiff;
import java.util.List;
import java.util.Optional;

/** The register and its versions. */
final class RegisterOperations {
    private final RegisterVersions register;

    RegisterOperations(RegisterVersions register) {
        this.register = register;
    }

    List<Operation> all() {
        return List.of(
                Operation.read("readRegister", "/v1/register", Operation.EVERYONE, List.of(), this::current),
                Operation.change("writeRegister", "PUT", "/v1/register", Operation.EDITORS, this::push)
                        .wholeTenant(),
                Operation.read(
                        "listRegisterVersions", "/v1/register/versions", Operation.EVERYONE, List.of(), this::versions),
                Operation.read(
                        "readRegisterVersion",
                        "/v1/register/versions/{version}",
                        Operation.EVERYONE,
                        List.of(),
                        this::version),
                Operation.read(
                        "compareRegisterVersions",
                        "/v1/register/versions/{version}/differences/{other}",
                        Operation.EVERYONE,
                        List.of(),
                        this::differences));
    }

    private ApiResponse current(Call call) {
        return register.current(call.scope()).map(one -> tagged(call, 200, one)).orElseThrow(Refusal::notFound);
    }

    private ApiResponse push(Call call) {
        Json json = call.body();
        Optional<RegisterVersion> current = register.current(call.scope());
        boolean first = current.isEmpty()
                && call.request().header("if-none-match").filter("*"::equals).isPresent();
        if (!first) {
            Conditions.change(
                    call, tag(call, current.map(RegisterVersion::number).orElse(0L)));
        }
        RegisterVersion pushed = Rulings.value(register.push(
                call.scope(), json, current.map(RegisterVersion::number).orElse(0L), call.now()));
        return tagged(call, first ? 201 : 200, pushed);
    }

    private ApiResponse versions(Call call) {
        List<Json.JsonObject> versions = register.versions(call.scope()).stream()
                .map(one -> head(one).build())
                .toList();
        return ApiResponse.json(
                Json.object().with("versions", Json.array(versions)).build());
    }

    private ApiResponse version(Call call) {
        return tagged(call, 200, find(call, "version"));
    }

    private ApiResponse differences(Call call) {
        RegisterVersion from = find(call, "version");
        RegisterVersion to = find(call, "other");
        return ApiResponse.json(Json.object()
                .with("from", from.number())
                .with("to", to.number())
                .with(
                        "changes",
                        RegisterDiff.between(from.json(), to.json()).json().at("changes"))
                .build());
    }

    private RegisterVersion find(Call call, String part) {
        String number = call.path().getOrDefault(part, "");
        if (!number.matches("[1-9][0-9]{0,8}")) {
            throw Refusal.notFound();
        }
        return register.version(call.scope(), Long.parseLong(number)).orElseThrow(Refusal::notFound);
    }

    private static String tag(Call call, long number) {
        return EntityTags.of(call.scope(), "register", "current", number);
    }

    private static Json.Builder head(RegisterVersion one) {
        return Json.object()
                .with("version", one.number())
                .with("at", one.at().toString())
                .with("by", one.by());
    }

    private static ApiResponse tagged(Call call, int status, RegisterVersion one) {
        return ApiResponse.json(status, head(one).with("register", one.json()).build())
                .with("etag", tag(call, one.number()));
    }
}
