package vault

import "time"

var started = time.Now()

// spent is the time since this process began.
func spent() time.Duration { return time.Since(started) }
