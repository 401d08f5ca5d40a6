#!/usr/bin/env bash
# Makes the samples' pictures and music again.
# usage: build.sh [folder] [part of a picture's name, or "music"] [quick]
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
target=${1:-$here/..}
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT

javac -Xlint:all -Werror -d "$classes" "$here"/*.java
java -cp "$classes" artwork.Artwork "$target" "${@:2}"

# The JDK writes no MP3; everything else needs nothing but the JDK.
for wav in "$target"/*/music.wav; do
    [ -e "$wav" ] || continue
    ffmpeg -y -loglevel error -i "$wav" -b:a 128k "${wav%.wav}.mp3"
    rm "$wav"
done
