#!/usr/bin/env bash
# Publishes the page on AWS: creates or updates the hosting (hosting.yaml), builds the page, uploads it.
#
#   deploy/publish.sh STACK [DomainName=plan.example.com CertificateArn=arn:aws:acm:us-east-1:123456789012:certificate/…]
#
# Needs the AWS command line with credentials. Files with a hash in their name are uploaded first and never change; index.html,
# which names them, comes last and is asked for anew on every visit. Files of earlier releases stay, for pages that are still open.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -lt 1 ]; then
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
stack=$1
shift

cargo xtask build
aws cloudformation deploy --stack-name "$stack" --template-file deploy/hosting.yaml ${1:+--parameter-overrides "$@"} --no-fail-on-empty-changeset

output() {
  aws cloudformation describe-stacks --stack-name "$stack" --output text --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}
bucket=$(output BucketName)

content_type() {
  case $1 in
    *.html) echo "text/html; charset=utf-8" ;;
    *.js) echo "text/javascript; charset=utf-8" ;;
    *.css) echo "text/css; charset=utf-8" ;;
    *.wasm) echo "application/wasm" ;;
    *.svg) echo "image/svg+xml" ;;
    *) echo "application/octet-stream" ;;
  esac
}

# upload FILE CACHE-CONTROL: its compressed copy under its own name, where there is one.
upload() {
  local file=$1 options=(--cache-control "$2" --content-type "$(content_type "$1")" --no-progress)
  if [ -f "dist/$file.br" ]; then
    aws s3 cp "dist/$file.br" "s3://$bucket/$file" --content-encoding br "${options[@]}"
  else
    aws s3 cp "dist/$file" "s3://$bucket/$file" "${options[@]}"
  fi
}

immutable="public, max-age=31536000, immutable"
while IFS= read -r file; do
  if [[ $file =~ [-_.][0-9a-f]{16}[-_.] ]]; then
    upload "$file" "$immutable"
  else
    upload "$file" "no-cache"
  fi
done < <(cd dist && find . -type f ! -name '*.br' ! -name index.html | sed 's|^\./||' | sort)
upload index.html "no-cache"

aws cloudfront create-invalidation --distribution-id "$(output DistributionId)" --paths / /index.html > /dev/null
echo "Published at $(output Address)"
