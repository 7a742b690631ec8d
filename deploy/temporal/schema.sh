#!/bin/sh
# Brings Temporal's two databases to the form of this version of the server; again as often as one likes.
set -eu
SQL_PASSWORD=$(cat "$SQL_PASSWORD_FILE")
export SQL_PASSWORD

temporal-sql-tool --database temporal setup-schema -v 0.0
temporal-sql-tool --database temporal update-schema --schema-name postgresql/v12/temporal
temporal-sql-tool --database temporal_visibility setup-schema -v 0.0
temporal-sql-tool --database temporal_visibility update-schema --schema-name postgresql/v12/visibility
