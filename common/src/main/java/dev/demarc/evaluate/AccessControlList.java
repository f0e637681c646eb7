package dev.demarc.evaluate;

import dev.demarc.json.Json;
import java.util.List;
import java.util.Optional;

/** Questions about an S3 access control list in the recorder's form ({@code grantList}) or the API's ({@code Grants}). */
final class AccessControlList {
    private AccessControlList() {}

    static Truth.Value grantsEveryone(Json acl) {
        List<Json> grants = acl.at("grantList") instanceof Json.JsonArray
                ? acl.at("grantList").elements()
                : acl.at("Grants").elements();
        boolean understood = true;
        for (Json grant : grants) {
            Json grantee = grant.at("grantee").isNull() ? grant.at("Grantee") : grant.at("grantee");
            Optional<String> group = grantee.text()
                    .or(() -> grantee.at("URI").text())
                    .or(() -> grantee.at("uri").text());
            if (group.map(AccessControlList::isEveryone).orElse(false)) {
                return Truth.Value.HOLDS;
            }
            boolean named = !grantee.at("id").isNull() || !grantee.at("ID").isNull() || group.isPresent();
            understood &= named;
        }
        return understood ? Truth.Value.FAILS : Truth.Value.UNDETERMINED;
    }

    private static boolean isEveryone(String group) {
        return group.endsWith("AllUsers") || group.endsWith("AuthenticatedUsers");
    }
}
