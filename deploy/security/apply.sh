#!/bin/sh
# apply.sh  gives the cluster its one user, whose password is SEARCH_PASSWORD, and no other; run it in data1, once
# NOT RUN: it needs the image with the security plugin.
set -eu
: "${SEARCH_PASSWORD:?docker compose exec -e SEARCH_PASSWORD=… data1 sh /security/apply.sh}"
home=/usr/share/opensearch tools=/usr/share/opensearch/plugins/opensearch-security/tools
work=$(mktemp -d) && cp "$home"/config/opensearch-security/*.yml "$work"
hash=$(sh "$tools/hash.sh" -p "$SEARCH_PASSWORD" | tail -1)
cat > "$work/internal_users.yml" <<USERS
_meta: { type: internalusers, config_version: 2 }
policy-qa: { hash: "$hash", reserved: true }
USERS
cat > "$work/roles.yml" <<'ROLES'
_meta: { type: roles, config_version: 2 }
policy_qa:
  cluster_permissions: [cluster_composite_ops, cluster_monitor, "indices:admin/aliases*"]
  index_permissions:
    - { index_patterns: ["policy-qa*"], allowed_actions: [indices_all] }
ROLES
cat > "$work/roles_mapping.yml" <<'MAPPING'
_meta: { type: rolesmapping, config_version: 2 }
policy_qa: { users: [policy-qa] }
MAPPING
sh "$tools/securityadmin.sh" -cd "$work" -icl -nhnv -h localhost \
    -cacert "$home/config/certificates/ca.pem" -cert "$home/config/certificates/admin.pem" -key "$home/config/certificates/admin.key"
rm -r "$work"
