#!/usr/bin/env bash
# Fuzzes the readers of foreign bytes with libFuzzer: each for SECONDS_EACH (default 600).
#   Fuzz/run.sh [frames|manifest|npy]...
# The modules are compiled here one by one, as SwiftPM does not pass -sanitize=fuzzer on.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${SECONDS_EACH:-600}
out=.build/fuzz
mkdir -p "$out"
flags=(-O -package-name mi -swift-version 6 -parse-as-library -sanitize=fuzzer,address
  -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
  -enable-upcoming-feature InternalImportsByDefault -I "$out"
  -Xcc "-ISources/CZlib" -Xcc "-ISources/CHDF5")
for c in CEstimatorPlugin CPluginProcess; do
  flags+=(-Xcc "-I$out/$c")
  mkdir -p "$out/$c"
  cp "Sources/$c/include/"*.h "$out/$c/"
  echo "module $c { umbrella \".\" export * }" > "$out/$c/module.modulemap"
done

# module NAME FOLDER: a static module of all Swift files of a folder
module() {
  local files
  mapfile -t files < <(find "$2" -name '*.swift' | sort)
  swiftc "${flags[@]}" -emit-module -emit-module-path "$out/$1.swiftmodule" -module-name "$1" \
    -wmo -c "${files[@]}" -o "$out/$1.o"
}
module EstimatorAPI Sources/EstimatorAPI
module EstimatorConformance Sources/EstimatorConformance
module PluginHost Sources/PluginHost
module HarnessData Sources/Harness/Data
clang -c Sources/CPluginProcess/process.c -ISources/CPluginProcess/include -o "$out/process.o"

targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(frames manifest npy)
for target in "${targets[@]}"; do
  swiftc "${flags[@]}" -module-name "fuzz_$target" "Fuzz/$target.swift" \
    "$out"/{EstimatorAPI,EstimatorConformance,PluginHost,HarnessData,process}.o -lz \
    -o "$out/$target"
  mkdir -p "$out/corpus-$target"
  [ -d "Fuzz/seeds/$target" ] && cp -n "Fuzz/seeds/$target/"* "$out/corpus-$target/" || true
  [ "$target" = npy ] && cp -n Tests/HarnessTests/Golden/data/*.npy "$out/corpus-npy/"
  "$out/$target" "$out/corpus-$target" -max_total_time="$seconds" -rss_limit_mb=2048 \
    -artifact_prefix="$out/" -print_final_stats=1
done
