package model

import (
	"encoding/hex"
	"fmt"
	"io"
	"sync"
	"time"
)

// Source is the one place from which time, ids and randomness enter: tests and
// the demo replace it, so that the same seed and day give the same ledger.
type Source struct {
	Now  func() time.Time
	Rand io.Reader

	mu   sync.Mutex
	last int64 // the last id's 48-bit time and 12-bit counter
}

// Today is the calendar day by the source's clock.
func (s *Source) Today() Date { return DateOf(s.Now()) }

// Stamp is the moment as the ledger stores it: YYYY-MM-DDThh:mm:ssZ.
func (s *Source) Stamp() string { return s.Now().UTC().Format("2006-01-02T15:04:05Z") }

// NewID gives a UUIDv7 (RFC 9562): milliseconds, a counter that keeps ids of one
// millisecond in order (method 1), and 62 random bits. It fails only when Rand does.
func (s *Source) NewID() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	tick := max(s.Now().UnixMilli()<<12, s.last+1)
	var b [16]byte
	if _, err := io.ReadFull(s.Rand, b[8:]); err != nil {
		return "", fmt.Errorf("new id: %w", err)
	}
	s.last = tick
	ms, counter := tick>>12, tick&0xfff
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	b[6], b[7] = 0x70|byte(counter>>8), byte(counter)
	b[8] = 0x80 | b[8]&0x3f
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:], nil
}
