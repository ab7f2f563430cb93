#!/usr/bin/env bash
# certificates.sh FOLDER NAME…  makes an authority of your own and a certificate for each node, where there are none yet
#   ./certificates.sh certificates data1 data2 manager nginx
# FOLDER/ca.pem goes to every machine (SEARCH_CA); FOLDER/ca.key stays offline: whoever holds it can be any node.
# NAME is a host's name or address; NAME.pem and NAME.key (PKCS#8, as OpenSearch wants it) go to that host alone.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,5p' "$0" >&2; exit 2; }
mkdir -p "$1" && cd "$1" && shift
umask 077
if [ ! -e ca.pem ]; then
    openssl req -x509 -newkey rsa:3072 -sha256 -nodes -days 3650 -subj "/O=policy-qa/CN=policy-qa authority" \
        -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
        -keyout ca.key -out ca.pem 2>/dev/null
fi
for name in "$@"; do
    [ ! -e "$name.pem" ] || continue
    case $name in
        *[!0-9.]*) also=DNS:$name ;;
        *) also=IP:$name ;;
    esac
    openssl req -newkey rsa:3072 -sha256 -nodes -subj "/O=policy-qa/CN=$name" -keyout "$name.key" -out "$name.csr" 2>/dev/null
    printf 'subjectAltName=%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\nkeyUsage=digitalSignature,keyEncipherment\nbasicConstraints=CA:FALSE\n' "$also" > "$name.ext"
    openssl x509 -req -sha256 -days 825 -in "$name.csr" -CA ca.pem -CAkey ca.key -CAcreateserial -extfile "$name.ext" -out "$name.pem" 2>/dev/null
    rm "$name.csr" "$name.ext"
    echo "made $name.pem, $name.key"
done
