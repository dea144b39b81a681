#!/usr/bin/env bash
# Publishes the page on AWS: creates or updates the hosting (hosting.yaml), builds the page, uploads it.
#
#   deploy/publish.sh STACK [DomainName=plan.example.com CertificateArn=arn:aws:acm:us-east-1:123456789012:certificate/…]
#
# Needs the AWS command line with credentials. What is uploaded, and what becomes of earlier releases, stands in upload.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ $# -lt 1 ]; then
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
stack=$1
shift

cargo xtask build
aws cloudformation deploy --stack-name "$stack" --template-file deploy/hosting.yaml ${1:+--parameter-overrides "$@"} --no-fail-on-empty-changeset

output() {
  aws cloudformation describe-stacks --stack-name "$stack" --output text --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}
deploy/upload.sh dist "s3://$(output BucketName)"
aws cloudfront create-invalidation --distribution-id "$(output DistributionId)" --paths / /index.html /embed.html > /dev/null
echo "Published at $(output Address)"
