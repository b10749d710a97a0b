// Package cost says what a passphrase costs to try: the logarithm of scrypt's work. It is
// set in one place, so that tests of what lies behind passphrases don't pay for them.
package cost

import (
	"cmp"
	"sync/atomic"
)

var set atomic.Int64

// Set makes every passphrase of this process cost so much, for tests: 0 takes the usual
// again. What was sealed before opens as it did.
func Set(logN int) { set.Store(int64(logN)) }

// Of gives what a passphrase costs: what a caller asks for, else what was set, else the
// usual.
func Of(asked, usual int) int { return cmp.Or(asked, int(set.Load()), usual) }
