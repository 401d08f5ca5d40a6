#!/usr/bin/env bash
# The yardstick for Storyreel's composition: one ffmpeg command, written by hand, for three stills of four seconds at
# 1080p and 30 frames, moved smoothly, with two cross-fades and a silent sound stream. See README.md.
# Usage: hand-written.sh one.jpg two.jpg three.jpg out.mp4     (FFMPEG names the program)
set -euo pipefail
still='scale=2228:1252:force_original_aspect_ratio=increase:flags=lanczos+accurate_rnd+full_chroma_int'
still+=':out_color_matrix=bt709:out_range=tv,format=yuv420p,crop=2228:1252,setsar=1'
move() { # $1: number of frames; the window shrinks from the whole still to the frame's own size
  local p="(on-1)/$(($1 - 1))" x0 y0 x1 y1
  x0="154*$p" y0="86*$p"
  x1="$x0+(1920+308*(1-$p))*2228/1920" y1="$y0+(1080+172*(1-$p))*1252/1080"
  echo "loop=loop=$1:size=1,settb=1/30,setpts=N,fps=30,trim=end_frame=$1,perspective=eval=frame:x0='$x0':y0='$y0':x1='$x1':y1='$y0':x2='$x0':y2='$y1':x3='$x1':y3='$y1',crop=1920:1080:0:0"
}
one="$still,$(move 137)"
last="$still,$(move 120)"
exec "${FFMPEG:-ffmpeg}" -nostdin -v error -y -i "$1" -i "$2" -i "$3" -f lavfi -i anullsrc=r=48000:cl=stereo \
  -filter_complex "[0]${one}[a];[1]${one}[b];[2]${last}[c];
    [a][b]xfade=fade:offset=4:duration=0.5,settb=1/30,setpts=N,fps=30[ab];
    [ab][c]xfade=fade:offset=8:duration=0.5,trim=end_frame=360,format=yuv420p[v]" \
  -map '[v]' -map 3:a -t 12 -c:v libx264 -preset veryfast -crf 20 -g 60 -c:a aac -b:a 192k -movflags +faststart "$4"
