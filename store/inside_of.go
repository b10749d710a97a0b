package store

import "taizhang/store/internal/raw"

// inside opens a ledger to this package.
func inside(l *Ledger) Inside { return l.Inside(raw.Pass{}) }
