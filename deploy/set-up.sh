#!/bin/sh
# Sets Heard up in this folder: PYTHON makes the virtual environment VENV, and pip fills it. `make run` calls it.
# It may be run again after whatever went wrong. What can be missing is said in plain words.
#   set-up.sh          sets up
#   set-up.sh stands   says "no" where a set-up was moved to another folder, or its Python is gone
set -u

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# Without pip it was cut short, or its Python is gone. The stamp holds the folder that was set up, and programs in it know
# that folder by name; an empty stamp is of an older version, and is believed.
stands() {
    "$VENV/bin/python" -c 'import pip' 2>/dev/null || return 1
    [ ! -s "$VENV/ready" ] || [ "$(cat "$VENV/ready")" = "$(cd "$VENV" && pwd -P)" ]
}

if [ "${1:-}" = stands ]; then
    [ ! -f "$VENV/ready" ] || stands || echo no
    exit 0
fi

again="Then run the same command again."

command -v "$PYTHON" >/dev/null 2>&1 || stop \
    "There is no $PYTHON here, and Heard needs Python 3.11 or newer." \
    "What to do: install it. On Debian and Ubuntu: apt install python3 python3-venv. $again"

"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || stop \
    "This Python is too old: $("$PYTHON" --version 2>&1). Heard needs Python 3.11 or newer." \
    "What to do: install a newer one beside it, and name it: make run PYTHON=python3.12"

[ -w . ] || stop \
    "This folder cannot be written to by $(id -un): $(pwd)" \
    "What to do: give it to the user who sets Heard up (chown), or do it as the user whose it is. $again"

echo "Setting up, once: this takes a minute or two."

if ! stands; then
    rm -rf "$VENV"
    if ! said=$("$PYTHON" -m venv "$VENV" 2>&1); then
        rm -rf "$VENV"
        stop "$said" "" \
            "Python could not make a virtual environment here. Mostly a package is missing." \
            "What to do: on Debian and Ubuntu: apt install python3-venv. $again"
    fi
fi

# The pinned dependencies, each checked against its hash; then Heard itself, from this folder.
pip="$VENV/bin/python -m pip --quiet --disable-pip-version-check --no-input install"
$pip --require-hashes -r requirements.txt && $pip --no-deps --no-build-isolation -e . || stop "" \
    "Not everything that Heard needs could be fetched: the lines above say what." \
    "What to do: see that this machine reaches the internet, and has room on its disk. $again" \
    "What was fetched is kept. Must it go by a web proxy? Set https_proxy to its address first."

(cd "$VENV" && pwd -P) > "$VENV/ready"
