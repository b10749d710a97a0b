#!/bin/sh
# Opens taizhang in this window, made 120 by 36 characters large.
cd "$(dirname "$0")" || exit 1
printf '\033[8;36;120t'
exec ./taizhang
