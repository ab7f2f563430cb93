#!/bin/sh
# Fetches the jars of OpenSearch into ~/.m2, where they are not there yet.
set -eu
command -v java >/dev/null && command -v mvn >/dev/null || { echo "OpenSearch: no java or no mvn" >&2; exit 1; }
to=$(mktemp -d)
trap 'rm -r "$to"' EXIT
mvn -B -q -ntp -f "$(dirname "$0")/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
    -DoutputDirectory="$to" -DincludeScope=runtime >/dev/null
