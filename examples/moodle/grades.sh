#!/usr/bin/env bash
# ./grades.sh EXERCISE.json FOLDER > grades.csv: a line for every sheet in a folder, for Moodle's grade import.
# Each file is called what the import identifies a user by: username.json, ID-number.json or e-mail.json.
set -euo pipefail
exercise=$(realpath "$1")
folder=$(realpath "$2")

# Where Wengert lies, so that nothing of the folder can be imported.
cd "${WENGERT:-/opt/wengert}"
exec .venv/bin/python -m app grade/batch "$exercise" "$folder" --format moodle-csv
