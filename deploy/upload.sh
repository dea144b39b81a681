#!/usr/bin/env bash
# Uploads the built page into a bucket.
#
#   deploy/upload.sh FOLDER s3://BUCKET[/PATH]
#
# Needs the AWS command line with credentials. What carries a hash in its name is uploaded first and never changes; embed.html and index.html,
# which name it, come last and are asked for anew on every visit. Below a PATH the page answers at PATH/ too.
#
# Files with a hash that this release no longer has stay for pages that are still open. They get the tag superseded=yes, and the bucket's
# lifecycle rule (hosting.yaml) deletes them 30 days later; a release that has them again takes the tag away.
set -euo pipefail

if [ $# -ne 2 ] || [ ! -f "$1/index.html" ] || [[ ! $2 =~ ^s3://([a-z0-9.-]+)(/.*)?$ ]]; then
  sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
folder=${1%/}
bucket=${BASH_REMATCH[1]}
path=${BASH_REMATCH[2]:-}
path=${path#/}
path=${path%/}
prefix=${path:+$path/}

content_type() {
  case $1 in
    *.html) echo "text/html; charset=utf-8" ;;
    *.js) echo "text/javascript; charset=utf-8" ;;
    *.css) echo "text/css; charset=utf-8" ;;
    *.json) echo "application/json" ;;
    *.wasm) echo "application/wasm" ;;
    *.svg) echo "image/svg+xml" ;;
    *.png) echo "image/png" ;;
    *) echo "upload.sh: nothing says of which type $1 is" >&2; return 1 ;;
  esac
}

# Trunk prints a hash of 64 bits without leading zeros.
has_hash() { [[ ${1##*/} =~ [-_.][0-9a-f]{12,16}[-_.] ]]; }
immutable="public, max-age=31536000, immutable"

# Files that are uploaded alike stand together: STAGE/CACHING/ENCODING/EXTENSION/FILE, where FILE is its compressed copy if there is one.
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
files=$(cd "$folder" && find . -type f ! -name '*.br' | sed 's|^\./||' | LC_ALL=C sort)
while IFS= read -r file; do
  content_type "$file" >/dev/null
  caching=no-cache encoding=identity from=$folder/$file
  if has_hash "$file"; then caching=immutable; fi
  if [ -f "$from.br" ]; then encoding=br from=$from.br; fi
  # What names the others comes after them, and index.html after all.
  case $file in index.html) caching=index ;; *.html) caching=pages ;; esac
  to=$stage/$caching/$encoding/${file##*.}/$file
  mkdir -p "${to%/*}"
  cp "$from" "$to"
done <<<"$files"

for alike in "$stage"/{immutable,no-cache,pages,index}/*/*; do
  [ -d "$alike" ] || continue
  rest=${alike#"$stage"/}
  caching=no-cache
  if [ "${rest%%/*}" = immutable ]; then caching=$immutable; fi
  options=(--content-type "$(content_type "x.${alike##*/}")" --cache-control "$caching")
  case $rest in */br/*) options+=(--content-encoding br) ;; esac
  aws s3 cp --recursive --only-show-errors "$alike" "s3://$bucket/$prefix" "${options[@]}"
  # A path that ends with a stroke is an object of its own: a bucket behind CloudFront has no index documents.
  if [ -n "$prefix" ] && [ -f "$alike/index.html" ]; then
    aws s3api put-object --bucket "$bucket" --key "$prefix" --body "$alike/index.html" "${options[@]}" >/dev/null
  fi
done

# Only what stands in a folder of this release: beside it in the bucket there may be something else.
folders=$(sed -n 's|/[^/]*$||p' <<<"$files" | sort -u)
old() {
  local name=${1#"$prefix"} place=""
  case $name in */*) place=${name%/*} ;; esac
  has_hash "$name" && ! grep -qxF -- "$name" <<<"$files" && { [ -z "$place" ] || grep -qxF -- "$place" <<<"$folders"; }
}
keys=$(aws s3api list-objects-v2 --bucket "$bucket" --prefix "$prefix" --query 'Contents[].[Key]' --output text)
while IFS= read -r key; do
  old "$key" || continue
  marked=$(aws s3api get-object-tagging --bucket "$bucket" --key "$key" --query "TagSet[?Key=='superseded'].Value" --output text)
  [ "$marked" != yes ] || continue
  # The rule counts from the day an object was written, so it is written anew with all that it had.
  encoding=$(aws s3api head-object --bucket "$bucket" --key "$key" --query ContentEncoding --output text)
  options=(--content-type "$(content_type "$key")" --cache-control "$immutable")
  [ "$encoding" = None ] || options+=(--content-encoding "$encoding")
  aws s3api copy-object --bucket "$bucket" --key "$key" --copy-source "$bucket/$key" --metadata-directive REPLACE "${options[@]}" \
    --tagging-directive REPLACE --tagging superseded=yes >/dev/null
done <<<"$keys"
