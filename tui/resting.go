package tui

import (
	"context"
	"runtime/debug"
	"sync/atomic"
	"time"

	"taizhang/store"
)

// A program that stands open all day beside others on a small laptop takes little room: the
// garbage of a screen is collected when it is half of what is in use, sooner where all of it
// comes near heapAim, and what was needed for a moment is given back once nothing happens.
const (
	garbagePercent = 50
	heapAim        = 64 << 20 // bytes; a help alone: what is needed more is taken
	restAfter      = 3 * time.Second
)

// Until the first screens stand nothing is collected: nearly all that was made is still in
// use, and looking for the rest takes a tenth of the start. Where there is more than
// startAim by then, it is.
const (
	startAim   = 28 << 20 // bytes
	startTakes = 700 * time.Millisecond
)

// resting gives memory back to the system while nothing happens.
type resting struct {
	stirred atomic.Bool                  // something happened since it was last looked at
	ledger  atomic.Pointer[store.Ledger] // whose connections are let go, nil for none
}

// begin sets the collector and looks after the memory until ctx ends.
func (r *resting) begin(ctx context.Context) {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(startAim)
	time.AfterFunc(startTakes, func() {
		debug.SetGCPercent(garbagePercent)
		debug.SetMemoryLimit(heapAim)
	})
	go func() {
		look := time.NewTicker(restAfter)
		defer look.Stop()
		used := true
		for {
			select {
			case <-ctx.Done():
				return
			case <-look.C:
			}
			if r.stirred.Swap(false) {
				used = true
				continue
			}
			if used {
				used = false
				if l := r.ledger.Load(); l != nil {
					l.Rest()
				}
				debug.FreeOSMemory()
			}
		}
	}()
}
