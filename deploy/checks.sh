#!/usr/bin/env bash
# Checks designs and templates, and draws what changed in them since another commit. The action and the pre-commit hook both run this.
#
#   checks.sh [--since COMMIT] [--out FOLDER] [--page URL] FILE...
#
# Exits with 1 if a file has an error, with 2 if one cannot be read. In FOLDER stand a SARIF file and, with --since, an SVG picture of the change
# for each FILE; the command `groundplan` must be on the path. Findings in SARIF link to their rule at URL, where a Groundplan page is. On GitHub
# the findings and changes are in the summary of the job as well.
set -uo pipefail

since="" out="" page=()
while [ $# -gt 0 ]; do
  case "$1" in
    --since) since="$2"; shift 2 ;;
    --out) out="$2"; shift 2 ;;
    --page) page=(--page "$2"); shift 2 ;;
    --) shift; break ;;
    -*) echo "checks.sh: there is no option $1" >&2; exit 2 ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { echo "checks.sh: name the files to check" >&2; exit 2; }
if [ -n "$since" ] && ! git rev-parse --quiet --verify "$since^{commit}" >/dev/null; then
  echo "checks.sh: there is no commit $since here; fetch it first (fetch-depth: 0)" >&2
  exit 2
fi
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
[ -z "$out" ] || mkdir -p "$out"

worst=0
tell() { [ -z "${GITHUB_STEP_SUMMARY:-}" ] || printf '%s\n' "$@" >>"$GITHUB_STEP_SUMMARY"; }
# A block that no line of the text can end.
block() { tell "" "~~~~~~~~" "$(sed 's/^~~~~~~~~/ &/' "$1")" "~~~~~~~~" ""; }

for file in "$@"; do
  echo "== $file"
  groundplan check "$file" >"$scratch/found" 2>"$scratch/said"
  code=$?
  [ "$code" -le "$worst" ] || worst=$code
  cat "$scratch/found" "$scratch/said"
  tell "### $file"
  cat "$scratch/found" "$scratch/said" >"$scratch/both"
  block "$scratch/both"
  [ "$code" -le 1 ] || continue
  # A folder becomes part of the name, so that two files of one name keep apart.
  name="$(printf '%s' "$file" | tr '/' '-')"
  [ -z "$out" ] || groundplan check "$file" --format sarif ${page[@]+"${page[@]}"} >"$out/$name.sarif" 2>/dev/null
  if [ -n "$since" ] && git show "$since:./$file" >"$scratch/old" 2>/dev/null; then
    picture=()
    [ -z "$out" ] || picture=(--picture "$out/$name.svg")
    if groundplan diff "$scratch/old" "$file" "${picture[@]}" >"$scratch/changes" 2>"$scratch/said"; then
      cat "$scratch/changes"
      block "$scratch/changes"
    else
      echo "$file: what it was at $since cannot be compared: $(cat "$scratch/said")" >&2
    fi
  fi
done
exit "$worst"
