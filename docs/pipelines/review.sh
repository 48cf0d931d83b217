#!/bin/sh
# Any pipeline that has git, Node and a shell: Yunxiao Flow, Gitee Go, GitLab CI.
#   BASE     branch that the merge request goes to, for example origin/main
#   HEAD     commit of the merge request
#   *_TOKEN  of the forge, from the pipeline's secrets (forges/README.md); without one the review is printed only
# Ends with 1 when something stops the change, with 2 when it could not be reviewed.
set -u
: "${BASE:?the branch that the merge request goes to, for example origin/main}"
: "${HEAD:?the commit of the merge request}"

# What judges is the base's: its code, its rules, its dependencies.
git checkout --quiet --detach "$BASE" || exit 2
npm ci --ignore-scripts --no-audit --no-fund || exit 2

npm run --silent review -- --base "$BASE" --head "$HEAD" --format comment --output review.json
status=$?
if [ "$status" -gt 1 ]; then exit "$status"; fi

if [ -n "${GITLAB_TOKEN:-}${GITEE_TOKEN:-}${YUNXIAO_TOKEN:-}${GITEA_TOKEN:-}${GITHUB_TOKEN:-}" ]; then
  state=success
  if [ "$status" -eq 1 ]; then state=failure; fi
  npm run --silent comment -- --file review.json --check "$state" || exit 2
else
  npm run --silent review -- --base "$BASE" --head "$HEAD"
fi
exit "$status"
