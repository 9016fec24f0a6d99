#!/bin/sh
# Makes the sample session in sessions/kell-bridge anew, with the built program, as a checker makes one: by keys.
# Needs util-linux' script for a terminal. Usage: .ci/make-sample.sh [path of the program]
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/claimdesk}")
desk=$(mktemp -d)
trap 'rm -rf "$desk"' EXIT
: >"$desk/none.toml"

# The article comes by standard input, so that no path of this machine gets into the sample.
"$program" --sessions "$desk/sessions" --config "$desk/none.toml" --as "Ana Kolt" --at 2026-11-16T09:00:00Z \
    new - --name kell-bridge <sessions/kell-bridge.txt

# sit TIME KEYS: goes on at that time, presses the keys, saves and leaves.
sit() {
    printf '%s' "$2 q" >"$desk/keys"
    cat >"$desk/sit" <<SIT
stty rows 40 cols 130
exec "$program" --sessions "$desk/sessions" --config "$desk/none.toml" --as "Ana Kolt" --at "$1" \
    --keys "\$(cat "$desk/keys")" resume kell-bridge
SIT
    TERM=xterm-256color timeout 120 script -qec "sh $desk/sit" /dev/null </dev/null >/dev/null
}

sit 2026-11-16T09:05:00Z '/ "80 million crowns" Enter e "https://council.kell.example/minutes/2021-03-11" Enter s v a'
sit 2026-11-16T09:12:00Z '/ "comes to 171" Enter e "https://city.kell.example/bridge/final-account" Enter s v a'
sit 2026-11-16T09:20:00Z '/ "double what" Enter e "final-account" Enter s v a J "171 million against 80 million is 2.1 times the sum." Ctrl-d'
sit 2026-11-16T09:41:00Z '/ "denied on Monday" Enter e "https://port.kell.example/reports/2026-11-02" Enter r v i J "The association denies it; the port authority counted 12 per cent fewer passengers than a year before." Ctrl-d'
sit 2026-11-16T10:02:00Z '/ "2,000 jobs" Enter e "https://mayor.kell.example/statements/2026-11-11" Enter s v a'
sit 2026-11-16T10:15:00Z '/ "1,240 metres" Enter e "https://transport.kell.example/bridges" Enter m v p J "The register gives 1,240 metres with the ramps, and puts Sund at 1,155 without them." Ctrl-d'
sit 2026-11-16T10:24:00Z '/ "9,000 people" Enter v w W w c "Asked the police press office how they counted." Ctrl-d'
sit 2026-11-16T10:31:00Z '/ "filed and forgotten" Enter v u J "Two calls to the engineers'"'"' office and a request for the audit file; no answer by Monday morning." Ctrl-d'
sit 2026-11-16T10:36:00Z '/ "no better place" Enter d'
sit 2026-11-16T10:38:00Z '/ "Not one person" Enter v n J "Rhetoric; nothing that could be checked." Ctrl-d'

rm -rf sessions/kell-bridge
cp -R "$desk/sessions/kell-bridge" sessions/kell-bridge
rm -f sessions/kell-bridge/session.lock sessions/kell-bridge/place.json sessions/kell-bridge/draft.json
touch sessions/kell-bridge/.sample sessions/.claimdesk
"$program" --sessions sessions log kell-bridge
