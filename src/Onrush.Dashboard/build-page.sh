# Builds the page in the current folder. Whoever comes second waits, then finds the work done. Packages are installed only when the lock file changed.
set -eu

if command -v flock >/dev/null 2>&1 && [ "${1-}" != locked ]; then
  exec flock package.json sh "$0" locked
fi

newer() {
  [ ! -f "$1" ] || [ -n "$(find src public ./*.html ./*.ts ./*.mjs ./*.json .npmrc -newer "$1" 2>/dev/null | head -n 1)" ]
}

newer dist/.onrush-built || exit 0
if [ ! -f node_modules/.onrush-installed ] || [ package-lock.json -nt node_modules/.onrush-installed ]; then
  npm ci --no-audit --no-fund
  touch node_modules/.onrush-installed
fi
started=$(mktemp node_modules/.onrush-XXXXXX)
npm run build
mv "$started" dist/.onrush-built
